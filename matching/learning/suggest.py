"""Suggestions by a learned model, each with what its log-odds are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.learning.calibration import chance
from matching.learning.features import GROUPS
from matching.learning.kept import KEPT
from matching.learning.model import PairModel
from matching.learning.past import Floats32
from matching.learning.ranking import rank_block
from matching.network import Network, row_of
from matching.scoring import explain
from matching.signals.common_partners import CommonPartners
from matching.suggestion import Direction, Reason, Suggestion

__all__ = ["LEARNED", "START", "learned_label", "suggest_learned"]

LEARNED = "learned "
START = "starting point"
"""Name of the reason that holds what any candidate of the organisation begins with."""

_MOST_FACTS = 40
Facts = tuple[str, ...]


def suggest_learned(
    network: Network, model: PairModel, organisation_id: str, *, k: int = 10
) -> tuple[Suggestion, ...]:
    """Return up to ``k`` partners, best first, with reasons that sum to the score to 1e-9.

    Each group of features is one reason: what it adds over a usual candidate. Raises
    UnknownOrganisation, and NotEnoughHistory where nothing that was done together has a day.
    """
    i = network.index_of(organisation_id)
    seen, scores, best = rank_block(network, model, np.array([i]), k)
    parts, start = model.parts(seen), float(model.start(seen)[0])
    found = []
    for place in best[:, 0].tolist():
        if not np.isfinite(scores[place, 0]):
            break
        j = int(seen.block.pool[place, 0])
        reasons = _reasons(network, i, j, parts[:, place, 0], start)
        score = sum(reason.points for reason in reasons)
        sides = {
            side: sum(reason.points for reason in reasons if reason.direction is side)
            for side in Direction
        }
        found.append(
            Suggestion(
                organisation_id=organisation_id,
                partner_id=network.organisation_ids[j],
                partner_name=network.names[j],
                score=score,
                gets=sides[Direction.GETS],
                gives=sides[Direction.GIVES],
                reasons=reasons,
                chance=chance(model.bands, score),
            )
        )
    return tuple(found)


def learned_label(signal: str) -> str:
    """Return what to call a reason of a learned suggestion."""
    labels = {f"{LEARNED}{group.name}": group.label for group in GROUPS}
    return labels.get(signal, "what pairs begin with, before anything is known of them")


def _reasons(network: Network, i: int, j: int, parts: Floats32, start: float) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    first = 0
    for group in GROUPS:
        points = float(parts[first : first + len(group.features)].sum(dtype=np.float64))
        first += len(group.features)
        if points:
            reasons.append(
                _reason(f"{LEARNED}{group.name}", points, _FACTS[group.name](network, i, j))
            )
    reasons += explain(network, i, j, KEPT)
    reasons.append(_reason(START, start, ()))
    return tuple(sorted(reasons, key=lambda reason: (-reason.points, reason.signal, reason.about)))


def _reason(signal: str, points: float, facts: Facts) -> Reason:
    return Reason(
        signal=signal,
        direction=Direction.SHARED,
        points=points,
        about="",
        about_name="",
        evidence=facts,
    )


def _ways(network: Network, i: int, j: int) -> Facts:
    common = CommonPartners().evidence(network, i, j)
    return tuple(fact for evidence in common for fact in evidence.facts)[:_MOST_FACTS]


def _subjects(network: Network, i: int, j: int) -> Facts:
    """Return what says that projects of both are on one theme."""
    table = network.snapshot.tables["works_on"]
    first = network.snapshot.offsets["project"]
    themes = []
    for end in (i, j):
        mine = np.isin(table["from_id"], row_of(network.projects, end) + first)
        themes.append(np.unique(table["to_id"][mine]))
    shared = np.intersect1d(themes[0], themes[1])
    found: list[str] = []
    for end in (i, j):
        for project in row_of(network.projects, end).tolist():
            is_of = table["from_id"] == project + first
            on = np.flatnonzero(is_of & np.isin(table["to_id"], shared))
            if len(on):
                found += network.thing_facts("takes_part_in", end, "project", project)
                found += [table.id_at(row) for row in on.tolist()]
            if len(found) >= _MOST_FACTS:
                break
    return tuple(dict.fromkeys(found))[:_MOST_FACTS]


def _record(network: Network, i: int, j: int) -> Facts:
    del i
    found: list[str] = []
    for project in row_of(network.projects, j).tolist()[:_MOST_FACTS]:
        found += network.thing_facts("takes_part_in", j, "project", project)
    return tuple(found)[:_MOST_FACTS]


def _places(network: Network, i: int, j: int) -> Facts:
    return tuple(
        fact
        for end in (i, j)
        for kind, matrix in (("based_in", network.offices), ("works_in", network.places))
        for place in row_of(matrix, end).tolist()
        for fact in network.thing_facts(kind, end, "place", place)
    )[:_MOST_FACTS]


def _themselves(network: Network, i: int, j: int) -> Facts:
    return network.organisation_ids[i], network.organisation_ids[j]


_FACTS: dict[str, Callable[[Network, int, int], Facts]] = {
    "network": _ways,
    "subjects": _subjects,
    "track record": _record,
    "places": _places,
    "kinds": _themselves,
    "own record": _themselves,
}
