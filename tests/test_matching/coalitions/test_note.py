"""The partnership note: roles with evidence, what is covered, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import replace

from builders import TOLD, collaboration, offer, organisation, skill
from coalition_worlds import COOK_AND_DRIVE, three_kitchens
from graph.model import Place, Theme, WorksIn
from matching.coalitions import Brief, PartnershipNote, Wanted, partnership_note, plan_coalitions
from matching.coalitions.note import ConcernKind, NextStepKind

EVERYBODY = ("org-ann", "org-bea", "org-cid")


def note_of(brief: Brief, **more: object) -> PartnershipNote:
    network = three_kitchens(**more)
    return partnership_note(network, brief, plan_coalitions(network, brief).coalitions[0])


def test_the_lead_comes_first_and_each_role_rests_on_facts() -> None:
    note = note_of(Brief(COOK_AND_DRIVE, must=EVERYBODY))
    assert [role.is_lead for role in note.roles] == [True, False, False]
    brought = {role.organisation_id: role.brings for role in note.roles}
    assert [(each.name, each.is_backup) for each in brought["org-ann"]] == [("cook", False)]
    assert [(each.name, each.is_backup) for each in brought["org-cid"]] == [("cook", True)]
    facts = {fact for brings in brought.values() for each in brings for fact in each.facts}
    assert facts < set(note.evidence)
    assert all(each.facts for brings in brought.values() for each in brings)
    assert {fact for tie in note.ties for fact in tie.facts} < set(note.evidence)


def test_gaps_and_next_steps_follow_from_what_is_missing() -> None:
    guess = replace(TOLD, inferred=True, confidence=0.6)
    note = note_of(
        Brief((*COOK_AND_DRIVE, Wanted("cap-sew")), must=EVERYBODY),
        sew=skill("sew"),
        sews=offer("cid", "sew", provenance=guess),
    )
    concerns = {(each.kind, each.about, each.organisation_id) for each in note.concerns}
    assert (ConcernKind.NO_BACKUP, "cap-drive", "org-bea") in concerns
    assert (ConcernKind.GUESSED, "cap-sew", "org-cid") in concerns
    assert (ConcernKind.INCOME_UNKNOWN, "", "org-cid") in concerns
    steps = [(step.kind, step.organisation_ids) for step in note.next_steps]
    assert steps[0][0] is NextStepKind.AGREE_LEAD
    assert (NextStepKind.INTRODUCE, ("org-ann", "org-cid")) in steps
    assert (NextStepKind.CONFIRM_OFFER, ("org-cid",)) in steps
    assert steps[-1][0] is NextStepKind.AGREE_FORM


def test_whoever_could_introduce_two_is_named_with_the_ties() -> None:
    dora = {"dora": organisation("dora")}
    ties = {f"with_{name}": collaboration(name, "dora", strength=0.9) for name in ("ann", "cid")}
    note = note_of(Brief(COOK_AND_DRIVE, must=EVERYBODY), **dora, **ties)
    step = next(s for s in note.next_steps if s.organisation_ids == ("org-ann", "org-cid"))
    assert step.through == ("org-dora",)
    assert len(step.facts) == 2
    assert set(step.facts) < set(note.evidence)


def test_a_theme_that_nobody_has_and_a_member_from_elsewhere_are_named() -> None:
    camden, hackney = "E09000007", "E09000012"
    places = {key: Place(id=key, name=key, provenance=TOLD) for key in (camden, hackney)}
    works = {
        f"works_{name}": WorksIn(from_id=f"org-{name}", to_id=place, provenance=TOLD)
        for name, place in (("ann", camden), ("bea", hackney))
    }
    brief = Brief(COOK_AND_DRIVE, places=(camden,), within_km=20, themes=("theme-food",))
    theme = Theme(id="theme-food", name="Food", provenance=TOLD)
    note = note_of(brief, theme=theme, **places, **works)
    concerns = {(each.kind, each.about, each.organisation_id) for each in note.concerns}
    assert (ConcernKind.THEME_OPEN, "theme-food", "") in concerns
    assert (ConcernKind.ELSEWHERE, "", "org-bea") in concerns
    places_brought = [each for role in note.roles for each in role.brings if each.kind == "place"]
    assert [each.about for each in places_brought] == [camden]
