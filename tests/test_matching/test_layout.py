from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builders import collaboration, organisation
from map_worlds import FEW_WORLDS, borough_world, network_of
from matching.groups import group_map
from matching.layout import ISLAND_GAP, MAP_WIDTH, ROW, group_layout, ring_layout, spring_layout
from matching.neighbourhood import neighbourhood

WORLDS = st.tuples(st.integers(1, 80), st.integers(0, 1000))


@FEW_WORLDS
@given(WORLDS)
def test_islands_never_overlap_and_stay_on_the_map(world: tuple[int, int]) -> None:
    layout = group_layout(group_map(network_of(*borough_world(*world))))
    corners, ends = layout.islands[:, :2], layout.islands[:, :2] + layout.islands[:, 2:]
    assert (corners >= 0).all()
    assert (ends <= (layout.width, layout.height)).all()
    assert layout.width == MAP_WIDTH
    apart = corners[:, None] >= ends[None] + ISLAND_GAP - 0.2
    assert (apart | apart.transpose(1, 0, 2)).any(axis=2)[~np.eye(len(corners), dtype=bool)].all()


@FEW_WORLDS
@given(WORLDS)
def test_each_bubble_lies_in_its_island(world: tuple[int, int]) -> None:
    found = group_map(network_of(*borough_world(*world)))
    layout = group_layout(found)
    for group, centre in zip(found.groups, layout.centres, strict=True):
        left, top, width, height = layout.islands[layout.place_ids.index(group.place_id)]
        assert left < centre[0] < left + width
        assert top < centre[1] < top + height
    assert len(np.unique(layout.centres, axis=0)) == len(found.groups)


def test_organisations_without_a_place_stand_at_the_foot() -> None:
    layout = group_layout(group_map(network_of(*borough_world())))
    assert layout.place_ids[-1] == ""
    assert layout.islands[-1, 1] >= (layout.islands[:-1, 1] + layout.islands[:-1, 3]).max()


@FEW_WORLDS
@given(WORLDS)
def test_the_same_network_has_the_same_map(world: tuple[int, int]) -> None:
    first, second = (group_layout(group_map(network_of(*borough_world(*world)))) for _ in range(2))
    assert (first.centres == second.centres).all()
    assert (first.islands == second.islands).all()


def test_an_empty_map_has_a_layout() -> None:
    layout = group_layout(group_map(network_of()))
    assert (len(layout.centres), len(layout.islands), layout.height) == (0, 0, 0)


def test_what_is_tied_stands_together() -> None:
    weights = {(0, 1): 50.0, (1, 2): 50.0, (0, 2): 50.0, (3, 4): 50.0, (4, 5): 50.0, (3, 5): 50.0}
    positions = spring_layout(6, weights)
    within = np.linalg.norm(positions[:3] - positions[:3].mean(axis=0), axis=1).mean()
    apart = np.linalg.norm(positions[:3].mean(axis=0) - positions[3:].mean(axis=0))
    assert within < apart


@FEW_WORLDS
@given(WORLDS, st.integers(1, 2))
def test_every_name_has_a_line_of_its_own(world: tuple[int, int], steps: int) -> None:
    network = network_of(*borough_world(*world))
    around = neighbourhood(network, "org-0000", steps=steps)
    positions = ring_layout(around)
    assert (positions[0] == 0).all()
    step_of = np.array([node.step for node in around.nodes])
    for step in range(1, steps + 1):
        for side in (-1, 1):
            column = positions[(step_of == step) & (np.sign(positions[:, 0]) == side), 1]
            assert (np.diff(np.sort(column)) >= ROW - 0.2).all()
    assert (positions == ring_layout(around)).all()


@FEW_WORLDS
@given(WORLDS)
def test_farther_organisations_stand_farther_out(world: tuple[int, int]) -> None:
    around = neighbourhood(network_of(*borough_world(*world)), "org-0000", steps=2)
    positions = ring_layout(around)
    # In the ellipse of its ring each node is at the edge, and the inner lies within the outer.
    inner = [at for at, node in zip(positions, around.nodes, strict=True) if node.step == 1]
    outer = [at for at, node in zip(positions, around.nodes, strict=True) if node.step == 2]
    for x, y in inner:
        assert all(abs(x) < abs(far_x) or abs(y) < abs(far_y) for far_x, far_y in outer)


def test_a_pair_stands_side_by_side() -> None:
    network = network_of(organisation("a"), organisation("b"), collaboration("a", "b"))
    assert ring_layout(neighbourhood(network, "org-a"))[1].tolist() == [200.0, 0.0]
