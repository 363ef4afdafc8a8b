"""A tie that would join two circles."""

from __future__ import annotations

import numpy as np

from builders import TOLD, organisation
from graph.model import Collaboration
from matching import Network
from matching.signals.bridging import Bridging
from matching.testing.worlds import snapshot_of, two_silos, without


def test_it_speaks_for_pairs_across_circles_and_for_nobody_else() -> None:
    network = Network.compile(two_silos().snapshot)
    everybody = np.arange(len(network))
    east = network.index_of("org-east1")
    points = dict(
        zip(network.organisation_ids, Bridging().points(network, east, everybody), strict=True)
    )
    assert all((value > 0) == key.startswith("org-west") for key, value in points.items())
    # The broker loosens whom it knows: they are less closed in.
    assert points["org-west0"] < points["org-west1"]
    assert max(points.values()) <= 0.1


def test_what_takes_a_bridge_away_is_cited_and_not_a_hubs_every_tie() -> None:
    records = list(two_silos(4).records)
    hub = "org-west1"
    many = [organisation(f"further{number}") for number in range(60)]
    records += many
    records += [Collaboration(from_id=hub, to_id=each.id, provenance=TOLD) for each in many]
    network = Network.compile(snapshot_of(records))
    pair = network.index_of("org-east1"), network.index_of(hub)
    (found,) = Bridging().evidence(network, *pair)
    (backwards,) = Bridging().evidence(network, *pair[::-1])
    assert 0 < len(found.facts) < 30
    assert set(found.facts) == set(backwards.facts)
    poorer = Network.compile(snapshot_of(without(tuple(records), frozenset(found.facts))))
    again = poorer.index_of("org-east1"), np.array([poorer.index_of(hub)])
    assert not Bridging().points(poorer, *again).any()
