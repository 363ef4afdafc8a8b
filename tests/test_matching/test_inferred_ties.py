"""The layer of what nobody told: apart from partners, explained, and gone when switched off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builders import TOLD, collaboration, need, offer, organisation, skill, snapshot_of
from graph.errors import UnknownOrganisation
from graph.layers import without_inferred
from graph.model import Fact, Funding, Place, Theme, WorksIn, WorksOn
from matching import Network, suggest_all, suggest_partners
from matching.inferred_ties import LARGEST_GROUP, Common, InferredTie, inferred_ties

GUESSED = replace(TOLD, inferred=True, confidence=0.6, basis='words: "choir"')
PLACE = Place(id="place-m", name="Millmoor", provenance=TOLD)
THEME = Theme(id="theme-m", name="Music", provenance=TOLD)


def grant(to: str, programme: str = "Small grants", funder: str = "fund") -> Funding:
    return Funding(
        from_id=f"org-{funder}",
        to_id=f"org-{to}",
        grant_id=f"{to}-{programme}",
        programme=programme,
        provenance=TOLD,
    )


def local(name: str, **more: Any) -> tuple[Fact, ...]:
    told = more.get("provenance", TOLD)
    return (
        WorksIn(from_id=f"org-{name}", to_id=PLACE.id, provenance=TOLD),
        WorksOn(from_id=f"org-{name}", to_id=THEME.id, provenance=told),
    )


def ties(*facts: Fact, of: str = "a", **more: Any) -> tuple[InferredTie, ...]:
    return inferred_ties(Network.compile(snapshot_of(*facts), **more), f"org-{of}")


FUNDED = (
    *(organisation(name) for name in ("a", "b", "c", "fund")),
    grant("a"),
    grant("b"),
    grant("c", "Large grants"),
)


def test_the_same_funder_and_programme_make_a_tie() -> None:
    (tie,) = ties(*FUNDED)
    assert (tie.partner_id, tie.common) == ("org-b", Common.PROGRAMME)
    assert tie.names == ("fund", "Small grants")
    assert set(tie.facts) == {grant("a").id, grant("b").id}
    assert tie.strength == 1


def test_a_grant_without_a_programme_makes_none() -> None:
    bare = (organisation("a"), organisation("b"), organisation("fund"))
    assert ties(*bare, grant("a", ""), grant("b", "")) == ()


def test_the_same_place_and_theme_make_a_tie() -> None:
    facts = (organisation("a"), organisation("b"), PLACE, THEME, *local("a"), *local("b"))
    (tie,) = ties(*facts)
    assert (tie.common, tie.about) == (Common.PLACE_AND_THEME, (PLACE.id, THEME.id))
    assert tie.names == ("Millmoor", "Music")
    assert len(tie.facts) == 4


def test_what_many_have_in_common_makes_no_tie() -> None:
    names = [f"o{number:02}" for number in range(LARGEST_GROUP + 1)]
    bodies = [organisation(name) for name in ("fund", *names)]
    assert ties(*bodies, *map(grant, names), of=names[0]) == ()
    assert len(ties(*bodies, *map(grant, names[1:]), of=names[1])) == LARGEST_GROUP - 1


def test_partners_and_the_closed_are_left_out() -> None:
    assert ties(*FUNDED, collaboration("a", "b")) == ()
    closed = organisation("b", closed_on=TOLD.first_seen)
    assert ties(*FUNDED, closed) == ()


def test_an_unknown_organisation_is_refused() -> None:
    with pytest.raises(UnknownOrganisation):
        ties(*FUNDED, of="nobody")


def test_an_inferred_tie_makes_nobody_a_partner() -> None:
    network = Network.compile(snapshot_of(*FUNDED))
    assert network.ties.nnz == 0
    assert "org-b" in {each.partner_id for each in suggest_partners(network, "org-a")}


def test_switched_off_it_has_no_effect_on_any_score() -> None:
    told = (
        *FUNDED,
        skill("s"),
        need("a", "s"),
        offer("c", "s"),
        PLACE,
        THEME,
        *local("a"),
    )
    guessed = (
        *local("b", provenance=GUESSED)[1:],
        collaboration("b", "c", provenance=GUESSED),
        offer("b", "s", provenance=GUESSED),
    )
    grants = {fact.id for fact in told if isinstance(fact, Funding)}
    without = [fact for fact in told if fact.id not in grants]
    off = Network.compile(snapshot_of(*told, *guessed), with_inferred=False)
    never = Network.compile(snapshot_of(*without))
    assert list(suggest_all(off)) == list(suggest_all(never))
    assert inferred_ties(off, "org-a") == ()
    reasons = (reason for each in suggest_partners(off, "org-a") for reason in each.reasons)
    assert not {fact for reason in reasons for fact in reason.evidence} & {
        fact.id for fact in guessed
    }


def test_told_facts_are_all_that_is_left_of_a_snapshot() -> None:
    guessed_body = replace(organisation("guess"), provenance=GUESSED)
    whole = snapshot_of(organisation("a"), guessed_body, THEME, PLACE, *local("a"), *local("guess"))
    assert without_inferred(whole).content_hash == (
        snapshot_of(organisation("a"), THEME, PLACE, *local("a")).content_hash
    )
