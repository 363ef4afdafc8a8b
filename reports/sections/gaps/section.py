"""The section on what is missing."""

from __future__ import annotations

from matching import Network
from matching.gaps.capability import (
    CapabilityGaps,
    Gap,
    Scope,
    Standing,
    capability_gaps,
)
from reports.part import Part, Sense, compared, count, narrowed_to
from reports.report import (
    Chart,
    ChartKind,
    ColumnKind,
    Figure,
    Section,
    Settings,
)
from reports.sections.gaps.definitions import DEFINITIONS
from reports.sections.gaps.headlines import headlines
from reports.sections.gaps.moved import moved
from reports.sections.gaps.tables import candidates, every_need, split_by, worst

__all__ = ["gaps"]


def gaps(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the section on capability gaps."""
    scope = _scope(settings)
    found = capability_gaps(network, within=scope, with_met=True)
    was = None if before is None else capability_gaps(before, within=scope, with_met=True)
    figures = compared(
        _figures(found),
        () if was is None else _figures(was),
        dict.fromkeys(("unmet", "unmet-share", "nobody", "one-provider"), Sense.LESS),
    )
    shown = _open(found)
    split = tuple(
        split_by(network, scope, dimension) for dimension in ("place", "theme", "community")
    )
    tables = (
        worst(shown, settings),
        candidates(shown, network, settings),
        *(() if was is None else (moved(found, was, network, before or network),)),
        *split,
        every_need(found, network),
    )
    charts = (*((_BARS,) if shown else ()), *((_MAP,) if split[0].rows else ()))
    return Part(
        Section(
            id="gaps",
            title="What is missing",
            lead=_lead(found, network, settings),
            figures=tuple(figure.id for figure in figures),
            charts=tuple(chart.id for chart in charts),
            tables=tuple(table.id for table in tables),
        ),
        figures=figures,
        charts=charts,
        tables=tables,
        definitions=DEFINITIONS,
        headlines=headlines(found, figures, shown, None if settings.is_public else network),
    )


_BARS = Chart(
    "gaps",
    ChartKind.BARS,
    "The largest gaps",
    "For each of the skills that are worst met, two bars: how many organisations need it, and for "
    "how many of them nobody who offers it is in reach.",
    "gaps",
    "skill",
    ("in_need", "unmet"),
)


_MAP = Chart(
    "gaps-by-place",
    ChartKind.MAP,
    "Where needs are unmet",
    "A dot for each place, the larger the more needs of the organisations that work there have "
    "nobody in reach.",
    "gaps-by-place",
    "name",
    ("unmet",),
    latitude="latitude",
    longitude="longitude",
)


def _scope(settings: Settings) -> Scope:
    return Scope(
        place_id=settings.place_id,
        theme_id=settings.theme_id,
        community_id=settings.community_id,
    )


def _open(found: CapabilityGaps) -> list[Gap]:
    return [gap for gap in found.gaps if gap.standing is not Standing.MET]


def _figures(found: CapabilityGaps) -> tuple[Figure, ...]:
    nobody, one = (
        sum(gap.standing is standing for gap in found.gaps)
        for standing in (Standing.NOBODY, Standing.ONE)
    )
    return (
        Figure("needs", "Needs", ColumnKind.COUNT, found.needs, "needs", "needs"),
        Figure("unmet", "of which unmet", ColumnKind.COUNT, found.unmet, "unmet", "needs"),
        Figure(
            "unmet-share",
            "Share of needs that are unmet",
            ColumnKind.SHARE,
            found.unmet / found.needs if found.needs else None,
            "unmet",
            "needs",
            of=found.needs,
        ),
        Figure("nobody", "Skills that nobody offers", ColumnKind.COUNT, nobody, "nobody", "gaps"),
        Figure(
            "one-provider",
            "Skills that hang on one organisation",
            ColumnKind.COUNT,
            one,
            "one-provider",
            "gaps",
        ),
    )


def _lead(found: CapabilityGaps, network: Network, settings: Settings) -> str:
    where = narrowed_to(network, settings)
    if not found.needs:
        nobody = f"No need of organisations{where} is known" if where else "Nobody has told a need"
        return f"{nobody} yet, so it can’t be said what is missing."
    has = "has" if found.in_need == 1 else "have"
    return (
        f"{count(found.in_need, 'organisation')}{where} {has} {count(found.needs, 'need')}, "
        f"{count(found.unmet, 'of which has', 'of which have')} nobody in reach who could help. "
        f"{_told(found)}"
    )


def _told(found: CapabilityGaps) -> str:
    told = (
        f"{count(found.told, 'organisation')} of {found.organisations:,} "
        f"{'has' if found.told == 1 else 'have'} told a need or an offer"
    )
    rest = "" if found.told == found.organisations else ": what the others lack is not known"
    return f"{told}{rest}."
