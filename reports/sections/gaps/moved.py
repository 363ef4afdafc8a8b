"""Which gaps have opened, closed or changed, and who made them."""

from __future__ import annotations

from collections.abc import Mapping

from matching import Network
from matching.gaps.capability import (
    CapabilityGaps,
    Gap,
)
from reports.part import listed
from reports.report import (
    Cell,
    Column,
    Table,
)
from reports.sections.gaps.tables import STANDINGS

__all__ = ["moved"]


def moved(now: CapabilityGaps, was: CapabilityGaps, network: Network, before: Network) -> Table:
    """Return the skills whose standing has changed, each with what made it change."""
    after, earlier = _by_skill(now), _by_skill(was)
    rows: list[tuple[Cell, ...]] = []
    for skill in sorted(after.keys() | earlier.keys()):
        new, old = after.get(skill), earlier.get(skill)
        if _standing(new) == _standing(old):
            continue
        known = new or old
        assert known is not None
        rows.append((known.name, _standing(old), _standing(new), _why(old, new, before, network)))
    rows.sort(key=lambda row: (str(row[0]).casefold(), str(row[0])))
    return Table(
        "gaps-moved",
        "Skills whose standing has changed, and why",
        (
            Column("skill", "Skill"),
            Column("before", "Before"),
            Column("now", "Now"),
            Column("why", "Why"),
        ),
        tuple(rows),
        is_of_members=True,
    )


def _by_skill(found: CapabilityGaps) -> Mapping[str, Gap]:
    return {gap.skill_id: gap for gap in found.gaps if gap.skill_id}


def _standing(gap: Gap | None) -> str:
    return "nobody needs it" if gap is None else STANDINGS[gap.standing]


def _why(old: Gap | None, new: Gap | None, before: Network, network: Network) -> str:
    """Say who came to offer or need the skill, and who no longer does."""
    parts = []
    changes = [("needs it now", "no longer needs it", "needed_by")]
    if old is not None and new is not None:
        # Of a skill that nobody needs it isn't looked at who offers it.
        changes.insert(0, ("offers it now", "no longer offers it", "offered_by"))
    for verb, gone, attribute in changes:
        had = frozenset(getattr(old, attribute)) if old else frozenset()
        has = frozenset(getattr(new, attribute)) if new else frozenset()
        for keys, words in ((has - had, verb), (had - has, gone)):
            if keys:
                names = sorted(_name(key, network, before) for key in keys)
                plural = words if len(names) == 1 else _PLURALS[words]
                parts.append(f"{listed(names)} {plural}")
    return "; ".join(parts) or "partners or places of work have changed"


_PLURALS = {
    "offers it now": "offer it now",
    "no longer offers it": "no longer offer it",
    "needs it now": "need it now",
    "no longer needs it": "no longer need it",
}


def _name(key: str, *networks: Network) -> str:
    return next((name for name in (each.snapshot.name_of(key) for each in networks) if name), key)
