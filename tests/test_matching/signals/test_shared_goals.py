"""Goals in common."""

from __future__ import annotations

import numpy as np

from builders import TOLD, network_of, organisation
from graph.model import Advances, Goal
from matching.signals.shared_goals import SharedGoals


def test_who_advances_the_same_goal_has_it_in_common() -> None:
    goals = [Goal(id=f"goal-{n}", name=str(n), provenance=TOLD) for n in range(2)]
    signed = [
        Advances(from_id=f"org-{one}", to_id=goal, provenance=TOLD)
        for one, goal in (("a", "goal-0"), ("b", "goal-0"), ("c", "goal-1"))
    ]
    network = network_of(*goals, *map(organisation, "abcd"), *signed)
    points = SharedGoals().points(network, 0, np.arange(1, 4))
    assert points[0] > 0
    assert points[1:].tolist() == [0, 0]
    (reason,) = SharedGoals().evidence(network, 0, 1)
    assert (reason.about, reason.facts) == ("goal-0", (signed[0].id, signed[1].id))
