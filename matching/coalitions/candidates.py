"""Who comes into question for a brief, and what each and each two of them would cost.

The objective, smaller is better, in members:

    sum of burdens of the members                       (:mod:`matching.coalitions.burden`)
    + 0.2 · weight · (1 - value) for each skill and whoever answers for it
    + 0.5 · d for each two members                      (:mod:`matching.coalitions.trust`)

``value`` is level, confidence and freshness of the offer. All costs are kept as whole
ten-thousandths, so that sums are exact and every method means the same number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.errors import UnknownTerm
from matching.coalitions.area import far_from
from matching.coalitions.brief import Brief
from matching.coalitions.burden import burdens, count_of_projects
from matching.coalitions.errors import InvalidBrief
from matching.coalitions.offering import Provisions, provisions
from matching.coalitions.terms import known_term
from matching.coalitions.trust import distances
from matching.network import Floats, Ints, Network

__all__ = [
    "PAIR_WEIGHT",
    "SCALE",
    "SKILL_WEIGHT",
    "Candidates",
    "Eligible",
    "eligible",
    "gathered",
    "promising",
]

SCALE = 10_000
PAIR_WEIGHT = 0.5
SKILL_WEIGHT = 0.2
_WHOLE = 400
_BEST = 120
_CHEAPEST_EACH = 8
_LEADS = 8
_NEAR = 60

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Eligible:
    """Everybody who may be in a coalition; arrays over all n organisations.

    ``may`` n: open, not excluded, in the area, within the members' income. ``must`` n: has to be
    in. ``can`` n × skills: offers it at the level wanted. ``leads`` n: meets the lead's conditions.
    """

    brief: Brief
    may: Flags
    must: Flags
    can: Flags
    leads: Flags
    offered: Provisions
    far: Floats
    burden: Floats

    @property
    def useful(self) -> Flags:
        """Return n: may be in, and would bring a skill, lead, or has to be in."""
        helps = self.can.any(axis=1) | (self.leads & (not self.brief.lead.is_any))
        return self.must | (self.may & helps)


@dataclass(frozen=True, eq=False)
class Candidates:
    """The m candidates that are searched, in order of name; all costs in ten-thousandths.

    ``rows`` are their numbers in the network; ``cost`` m; ``skill_cost`` and ``can`` m × skills;
    ``apart`` and ``barred`` m × m. ``considered`` counts who came into question; where that is
    more than m, the cheapest were taken.
    """

    brief: Brief
    rows: Ints
    cost: Ints
    skill_cost: Ints
    can: Flags
    apart: Ints
    distance: Floats
    barred: Flags
    must: Flags
    leads: Flags
    considered: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_whole(self) -> bool:
        """Whether everybody who came into question is among them."""
        return self.considered == len(self)

    @property
    def may_idle(self) -> Flags:
        """Return m: who may be a member without answering for a skill."""
        return self.must if self.brief.lead.is_any else self.must | self.leads


def eligible(network: Network, brief: Brief) -> Eligible:
    """Return who may be in a coalition for ``brief``.

    Raises UnknownOrganisation, UnknownTerm for a skill that nothing knows, and
    InvalidBrief for a closed organisation that must be in.
    """
    for need in brief.needs:
        if not known_term(network, "skill", need.skill_id):
            raise UnknownTerm("skill", need.skill_id)
    must = np.zeros(len(network), dtype=np.bool_)
    for organisation_id in brief.must:
        row = network.index_of(organisation_id)
        if not network.is_open[row]:
            raise InvalidBrief("members", organisation_id, "must be in, but has closed")
        must[row] = True
    far = far_from(network, brief.places, brief.within_km)
    may = network.is_open & np.isfinite(far)
    may &= _in_band(network.income, brief.min_income, brief.max_income)
    may[[network.index_of(organisation_id) for organisation_id in brief.must_not]] = False
    offered = provisions(network, brief)
    least = np.array([need.level for need in brief.needs])
    return Eligible(
        brief=brief,
        may=may | must,
        must=must,
        can=offered.level >= least,
        leads=_leads(network, brief),
        offered=offered,
        far=far,
        burden=burdens(network, brief, np.minimum(far, 1)),
    )


def gathered(
    network: Network, found: Eligible, *, also: Ints | None = None, everybody: bool = False
) -> Candidates:
    """Return the candidates to search: all if they are at most 400, else the most promising.

    Those are the must-members, the cheapest few of each skill and of the leads, the 120 cheapest
    for what they bring, the 60 of their partners that are, and ``also``.
    """
    useful = np.flatnonzero(found.useful)
    rows = useful if everybody else promising(network, found)
    if also is not None:
        rows = np.union1d(rows, also)
    # In order of name, so that which of two equals is taken doesn't hang on ids.
    order = sorted(rows.tolist(), key=lambda row: (network.names[row], row))
    rows = np.array(order, dtype=np.int64)
    weights = np.array([need.weight for need in found.brief.needs])
    distance = distances(network, rows)
    return Candidates(
        brief=found.brief,
        rows=rows,
        cost=_whole(found.burden[rows].sum(axis=1)),
        skill_cost=_whole(SKILL_WEIGHT * weights * (1 - found.offered.value[rows])),
        can=found.can[rows],
        apart=_whole(PAIR_WEIGHT * distance),
        distance=distance,
        barred=network.barred[rows][:, rows].toarray() > 0,
        must=found.must[rows],
        leads=found.leads[rows],
        considered=len(np.union1d(useful, rows)),
    )


def _whole(values: Floats) -> Ints:
    return np.asarray(np.rint(values * SCALE), dtype=np.int64)


def _in_band(income: Floats, least: float | None, most: float | None) -> Flags:
    """Say who is within a band; an unknown income is within none."""
    fits = np.ones(len(income), dtype=np.bool_)
    if least is not None:
        fits &= income >= least
    if most is not None:
        fits &= income <= most
    return fits


def _leads(network: Network, brief: Brief) -> Flags:
    lead = brief.lead
    fits = network.is_open & _in_band(network.income, lead.min_income, lead.max_income)
    table = network.snapshot.tables["organisation"]
    if lead.types:
        wanted = {kind.casefold() for kind in lead.types}
        fits &= np.array([kind.casefold() in wanted for kind in table["organisation_type"]], bool)
    if lead.registers:
        starts = tuple(start.casefold() for start in lead.registers)
        fits &= np.array(
            [
                any(key.casefold().startswith(starts) for key in ids)
                for ids in table["external_ids"]
            ],
            dtype=np.bool_,
        )
    if lead.min_projects:
        fits &= count_of_projects(network) >= lead.min_projects
    if lead.min_led:
        fits &= count_of_projects(network, led=True) >= lead.min_led
    return fits


def promising(network: Network, found: Eligible) -> Ints:
    """Return the organisations that :func:`gathered` takes, by number: everybody if few."""
    useful = np.flatnonzero(found.useful)
    if len(useful) <= _WHOLE:
        return useful
    brief = found.brief
    can = found.can[useful]
    cost = found.burden[useful].sum(axis=1)
    weights = np.array([need.weight for need in brief.needs])
    skill_cost = SKILL_WEIGHT * weights * (1 - found.offered.value[useful])
    names = np.array([network.names[row] for row in useful.tolist()], dtype=object)
    by_name = np.argsort(np.argsort(names, kind="stable"), kind="stable")

    def best(values: Floats, count: int, among: Flags) -> Ints:
        at = np.flatnonzero(among)
        order = np.lexsort((by_name[at], values[at]))
        return np.asarray(at[order[:count]], dtype=np.int64)

    covers = np.minimum(can.sum(axis=1), brief.skills_each)
    worth = (cost + np.where(can, skill_cost, 0).sum(axis=1)) / np.maximum(covers, 0.5)
    chosen = [np.flatnonzero(found.must[useful]), best(worth, _BEST, covers > 0)]
    for skill in range(can.shape[1]):
        chosen.append(best(cost + skill_cost[:, skill], _CHEAPEST_EACH, can[:, skill]))
    if not brief.lead.is_any:
        chosen.append(best(worth, _LEADS, found.leads[useful]))
    picked = np.unique(np.concatenate(chosen))
    # A partner of several candidates is cheap to have, however dear by itself.
    known = np.zeros(len(network))
    known[useful[picked]] = 1
    near = np.asarray(network.ties @ known)[useful]
    near[picked] = 0
    further = best(worth / (1 + near), _NEAR, (near > 0) & (covers > 0))
    return np.asarray(useful[np.union1d(picked, further)], dtype=np.int64)
