"""What each audience sees: nothing hidden may leave a trace in what is computed."""

from __future__ import annotations

import pytest

from builders import collaboration, need, offer, organisation, skill, snapshot_of, told
from graph.access import Action, Role, Viewer, can, redact, require
from graph.errors import AccessDenied
from graph.model import Fact, Need, Organisation, Visibility
from matching import Network, suggest_partners

COORDINATOR = Viewer("ada", Role.COORDINATOR)
PARTNER_OF_A = Viewer("ben", Role.PARTNER, frozenset({"org-a"}))
PARTNER_OF_B = Viewer("cleo", Role.PARTNER, frozenset({"org-b"}))
FUNDER = Viewer("dev", Role.VIEWER)


def world(*more: Fact) -> tuple[Fact, ...]:
    public = told(Visibility.PUBLIC)
    return (
        organisation("a", provenance=public),
        organisation("b", provenance=public),
        organisation("c", provenance=told(Visibility.MEMBERS)),
        skill("s"),
        offer("b", "s", provenance=public),
        *more,
    )


@pytest.mark.parametrize(
    ("viewer", "names"),
    [(COORDINATOR, ["a", "b", "c"]), (PARTNER_OF_A, ["a", "b", "c"]), (FUNDER, ["a", "b"])],
)
def test_an_audience_sees_its_own_circle_and_wider_ones(viewer: Viewer, names: list[str]) -> None:
    seen = redact(snapshot_of(*world()), viewer.audience)
    assert [record.name for record in seen.records(Organisation)] == names


def test_a_private_fact_is_seen_by_its_own_organisation_only() -> None:
    snapshot = snapshot_of(*world(need("a", "s", provenance=told(Visibility.PRIVATE))))
    seen = {
        viewer.name: len(list(redact(snapshot, viewer.audience).records(Need)))
        for viewer in (COORDINATOR, PARTNER_OF_A, PARTNER_OF_B, FUNDER)
    }
    assert seen == {"ada": 0, "ben": 1, "cleo": 0, "dev": 0}


def test_a_tie_goes_with_either_end() -> None:
    public = told(Visibility.PUBLIC)
    snapshot = snapshot_of(*world(collaboration("a", "c", provenance=public)))
    assert len(redact(snapshot, FUNDER.audience).tables["collaborates_with"]) == 0


def test_what_is_left_still_points_to_the_right_ends() -> None:
    hidden = organisation("0", provenance=told(Visibility.COORDINATORS))
    snapshot = snapshot_of(*world(hidden, need("c", "s")))
    seen = redact(snapshot, PARTNER_OF_B.audience)
    assert [(tie.from_id, tie.to_id) for tie in seen.records(Need)] == [("org-c", "cap-s")]


def test_a_redacted_snapshot_is_that_of_a_store_without_the_hidden_facts() -> None:
    hidden = need("a", "s", provenance=told(Visibility.COORDINATORS))
    with_it = redact(snapshot_of(*world(hidden)), PARTNER_OF_B.audience)
    without = redact(snapshot_of(*world()), PARTNER_OF_B.audience)
    assert with_it.content_hash == without.content_hash


def test_no_score_or_count_gives_a_hidden_fact_away() -> None:
    hidden = need("a", "s", provenance=told(Visibility.PRIVATE))
    shown = [
        suggest_partners(
            Network.compile(redact(snapshot_of(*world(*more)), PARTNER_OF_B.audience)), "org-b"
        )
        for more in ((), (hidden,))
    ]
    assert shown[0] == shown[1] == ()


@pytest.mark.parametrize("action", [Action.IMPORT, Action.CURATE])
def test_only_a_coordinator_may_change_the_network(action: Action) -> None:
    assert can(COORDINATOR, action)
    for viewer in (PARTNER_OF_A, FUNDER):
        with pytest.raises(AccessDenied):
            require(viewer, action)


def test_a_partner_sees_suggestions_for_its_own_organisation_only() -> None:
    assert can(PARTNER_OF_A, Action.SEE_SUGGESTIONS, "org-a")
    assert not can(PARTNER_OF_A, Action.SEE_SUGGESTIONS, "org-b")
    assert not can(FUNDER, Action.SEE_SUGGESTIONS, "org-a")
