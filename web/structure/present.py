"""How the network hangs together, as rows and lists of names; lists are cut, never silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matching.gaps.structure import (
    BridgingTie,
    CutPoint,
    Ranked,
    RoleHolders,
    Share,
    Silo,
    SiloGap,
    Structure,
    Way,
)
from reports.part import listed
from reports.structure_tables import StructureTable
from reports.structure_words import ROLE_NAMES, ROLE_RULES, circle_ties
from web.wording import NameOf

__all__ = [
    "Circle",
    "CutRow",
    "Gap",
    "Named",
    "RankedRow",
    "RoleRow",
    "Sections",
    "Shown",
    "TieRow",
    "sections",
]

S = TypeVar("S")
T = TypeVar("T")

Named = tuple[str, str]
"""An organisation: its id and its name."""

_ROWS = 10
_NAMES = 5
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """The ``shown`` first of ``total``; ``known`` of them can be shown when asked for."""

    shown: Sequence[T]
    known: int
    total: int
    of: StructureTable


@dataclass(frozen=True, slots=True)
class Circle:
    """One closed circle. Ways are (organisation, ties); both are empty where nobody is named."""

    number: int
    members: Shown[Named]
    places: tuple[tuple[str, int], ...]
    themes: tuple[tuple[str, int], ...]
    ties: str
    gatekeepers: Shown[tuple[Named, int]]
    joined_through: Shown[tuple[Named, int]]


@dataclass(frozen=True, slots=True)
class Gap:
    """Two circles by number, the ties between them, and who has ties to both."""

    first: int
    second: int
    ties: int
    between: Shown[Named]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role: its name and rule, how many have it of how many, and who."""

    name: str
    rule: str
    count: int
    of: int
    who: Shown[Named]
    backbones: frozenset[str]


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One line of the ranking."""

    who: Named
    ranked: Ranked


@dataclass(frozen=True, slots=True)
class CutRow:
    """One cut point, and who would fall off; ``parts`` are the sizes that would be left."""

    who: Named
    cut_off: Shown[Named]
    parts: str
    is_backbone: bool


@dataclass(frozen=True, slots=True)
class TieRow:
    """One bridging tie, and who would fall off with its second end."""

    first: Named
    second: Named
    cut_off: Shown[Named]


@dataclass(frozen=True, slots=True)
class Sections:
    """All that the page lists, in its order."""

    isolates: Shown[Named]
    islands: Shown[Shown[Named]]
    circles: Shown[Circle]
    gaps: Shown[Gap]
    roles: tuple[RoleRow, ...]
    between: Shown[RankedRow]
    cut_points: Shown[CutRow]
    bridging_ties: Shown[TieRow]
    core: Shown[Named]


def sections(found: Structure, name_of: NameOf, whole: StructureTable | None) -> Sections:
    """Return everything with names in place of ids; the list ``whole`` isn't cut."""
    return _Presenter(name_of, whole).sections(found)


class _Presenter:
    def __init__(self, name_of: NameOf, whole: StructureTable | None) -> None:
        self._name_of = name_of
        self._whole = whole

    def sections(self, found: Structure) -> Sections:
        ranking, core = found.most_between, found.core
        numbered = [*enumerate(found.silos, start=1)]
        return Sections(
            isolates=self._list(found.isolate_ids, self._named, StructureTable.ISOLATES),
            islands=self._list(
                found.islands,
                lambda island: self._names(island, StructureTable.ISLANDS),
                StructureTable.ISLANDS,
            ),
            circles=self._list(
                numbered,
                self._circle,
                StructureTable.CIRCLES,
                inner=StructureTable.CIRCLE_MEMBERS,
            ),
            gaps=self._list(
                found.silo_gaps, self._gap, StructureTable.CIRCLE_GAPS, found.silo_gap_count
            ),
            roles=tuple(map(self._role, found.roles)),
            between=self._list(
                ranking.rows if ranking else (),
                lambda row: RankedRow(self._named(row.organisation_id), row),
                StructureTable.BETWEEN,
            ),
            cut_points=self._list(
                found.cut_points,
                self._cut_point,
                StructureTable.CUT_POINTS,
                found.cut_point_count,
                inner=StructureTable.CUT_OFF,
            ),
            bridging_ties=self._list(
                found.bridges, self._tie, StructureTable.BRIDGING_TIES, found.bridge_count
            ),
            core=self._list(core.core_ids, self._named, StructureTable.CORE, core.core_count),
        )

    def _list(
        self,
        things: Sequence[S],
        row: Callable[[S], T],
        of: StructureTable,
        total: int = 0,
        *,
        most: int = _ROWS,
        inner: StructureTable | None = None,
    ) -> Shown[T]:
        """Return the first things as rows; all of them where this list, or one in it, is whole."""
        is_whole = self._whole is not None and self._whole in (of, inner)
        shown = things if is_whole else things[:most]
        return Shown([*map(row, shown)], len(things), max(total, len(things)), of)

    def _names(self, ids: Sequence[str], of: StructureTable, total: int = 0) -> Shown[Named]:
        return self._list(ids, self._named, of, total, most=_NAMES)

    def _named(self, key: str) -> Named:
        return key, self._name_of(key)

    def _circle(self, numbered: tuple[int, Silo]) -> Circle:
        number, silo = numbered
        return Circle(
            number=number,
            members=self._names(silo.member_ids, StructureTable.CIRCLE_MEMBERS),
            places=self._shares(silo.places),
            themes=self._shares(silo.themes),
            ties=circle_ties(silo),
            gatekeepers=self._ways(silo.gatekeepers),
            joined_through=self._ways(silo.joined_through),
        )

    def _shares(self, shares: Sequence[Share]) -> tuple[tuple[str, int], ...]:
        return tuple((self._name_of(each.thing_id), each.organisation_count) for each in shares)

    def _ways(self, ways: Sequence[Way]) -> Shown[tuple[Named, int]]:
        return self._list(
            ways,
            lambda way: (self._named(way.organisation_id), way.tie_count),
            StructureTable.CIRCLE_MEMBERS,
            most=_NAMES,
        )

    def _gap(self, gap: SiloGap) -> Gap:
        return Gap(
            gap.first + 1,
            gap.second + 1,
            gap.tie_count,
            self._names(gap.between_ids, StructureTable.CIRCLE_GAPS),
        )

    def _role(self, each: RoleHolders) -> RoleRow:
        return RoleRow(
            name=ROLE_NAMES[each.role],
            rule=ROLE_RULES[each.role],
            count=each.count,
            of=each.of_count,
            who=self._names(each.organisation_ids, StructureTable.ROLES, each.count),
            backbones=frozenset(each.backbone_ids),
        )

    def _cut_point(self, point: CutPoint) -> CutRow:
        return CutRow(
            who=self._named(point.organisation_id),
            cut_off=self._names(point.cut_off_ids, StructureTable.CUT_OFF, point.cut_off_count),
            parts=listed((f"{size:,}" for size in point.part_sizes), _PARTS),
            is_backbone=point.is_backbone,
        )

    def _tie(self, tie: BridgingTie) -> TieRow:
        return TieRow(
            first=self._named(tie.first_id),
            second=self._named(tie.second_id),
            cut_off=self._names(tie.cut_off_ids, StructureTable.BRIDGING_TIES, tie.cut_off_count),
        )
