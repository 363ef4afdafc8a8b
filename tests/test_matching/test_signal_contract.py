"""Every signal keeps the contract: one line in SIGNALS brings all of it."""

from __future__ import annotations

import pytest

from matching import SIGNALS, Network, suggest_partners
from matching.signals.needs_met import NeedsMet
from matching.testing.signal_contract import SignalContract
from matching.testing.worlds import WORLDS


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
class TestSignals(SignalContract):
    pass


def test_no_two_signals_share_a_name():
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)


def test_nobody_opts_out_of_the_contract():
    with pytest.raises(TypeError, match="test_it_says_what_it_is"):
        type("Careless", (SignalContract,), {"test_it_says_what_it_is": lambda self: None})


class Boastful(NeedsMet):
    """Twice the points that its evidence bears out. Formula: none. Unit: none. Source: none."""

    def points(self, network, i, pool):
        return 2 * super().points(network, i, pool)


class Nameless(NeedsMet):
    def points(self, network, i, pool):
        # Whoever comes first in the alphabet is liked best.
        return super().points(network, i, pool) * (pool + 1)


def test_the_contract_notices_points_without_evidence():
    with pytest.raises(AssertionError):
        SignalContract().test_its_evidence_sums_to_its_points(Boastful(), "mixed")


def test_the_contract_notices_points_that_depend_on_names():
    with pytest.raises(AssertionError):
        SignalContract().test_names_and_order_change_nothing(Nameless(), "mixed")


def test_the_contract_notices_a_missing_description():
    with pytest.raises(AssertionError):
        SignalContract().test_it_says_what_it_is(Nameless())


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_the_planted_partner_comes_first(world):
    made = world()
    network = Network.compile(made.snapshot)

    for organisation, partner in made.best.items():
        assert suggest_partners(network, organisation, k=1)[0].partner_id == partner


def test_every_signal_speaks_in_some_world():
    speaking = set()
    for world in WORLDS.values():
        network = Network.compile(world().snapshot)
        for organisation in network.organisation_ids:
            for suggestion in suggest_partners(network, organisation):
                speaking |= {reason.signal for reason in suggestion.reasons}

    assert {signal.name for signal in SIGNALS} <= speaking
