"""A tie that would join two circles."""

from __future__ import annotations

import numpy as np

from matching import Network
from matching.signals.bridging import Bridging
from matching.testing.worlds import two_silos


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
