"""What past introductions say: well of whom something came, and a little against one pair."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from builders import TOLD, network_of, organisation, snapshot_of
from graph.access import Role, Viewer, redact
from graph.model import Introduction, IntroductionState
from matching import Network
from matching.signals.declined_before import DeclinedBefore
from matching.signals.track_record import TrackRecord

ENDS = tuple(map(organisation, "abc"))
EVERYBODY = np.arange(3)


def said(state: IntroductionState, **values: object) -> Introduction:
    given = {"from_id": "org-a", "to_id": "org-b", "state": state, "provenance": TOLD}
    return Introduction(**{**given, **values})  # type: ignore[arg-type]


MET, DECLINED = said(IntroductionState.MET), said(IntroductionState.DECLINED)
TOGETHER = said(IntroductionState.COLLABORATING)


def test_something_that_came_of_an_introduction_speaks_for_both_ends_towards_others() -> None:
    network = network_of(*ENDS, TOGETHER)
    assert TrackRecord().points(network, 2, EVERYBODY).tolist() == pytest.approx(
        [0.1 / 6, 0.1 / 6, 0]
    )
    assert TrackRecord().points(network_of(*ENDS, MET), 2, EVERYBODY)[0] == pytest.approx(0.01)


def test_one_that_was_of_no_use_counts_half() -> None:
    useless = TrackRecord().points(
        network_of(*ENDS, replace(TOGETHER, usefulness=0.0)), 2, EVERYBODY
    )
    met = TrackRecord().points(network_of(*ENDS, MET), 2, EVERYBODY)
    assert useless.tolist() == met.tolist()


@pytest.mark.parametrize("state", [IntroductionState.DECLINED, IntroductionState.LAPSED])
def test_a_failure_counts_against_that_pair_and_against_nobody_else(
    state: IntroductionState,
) -> None:
    network = network_of(*ENDS, said(state))
    assert not TrackRecord().points(network, 2, EVERYBODY).any()
    assert DeclinedBefore().points(network, 0, EVERYBODY).tolist() == [0, -0.2, 0]
    assert DeclinedBefore().points(network, 1, EVERYBODY).tolist() == [-0.2, 0, 0]
    assert not DeclinedBefore().points(network, 2, EVERYBODY).any()


def test_two_declines_count_once_and_both_are_cited() -> None:
    back = said(IntroductionState.DECLINED, from_id="org-b", to_id="org-a")
    network = network_of(*ENDS, DECLINED, back)
    (reason,) = DeclinedBefore().evidence(network, 0, 1)
    assert (reason.points, set(reason.facts)) == (-0.2, {DECLINED.id, back.id})


def test_who_may_not_see_a_decline_gets_no_score_that_rests_on_it() -> None:
    whole = snapshot_of(*ENDS, DECLINED)
    for own, points in (("org-a", -0.2), ("org-b", 0)):
        audience = Viewer("v", Role.PARTNER, frozenset({own})).audience
        network = Network.compile(redact(whole, audience))
        assert DeclinedBefore().points(network, 0, np.array([1])).tolist() == [points]
