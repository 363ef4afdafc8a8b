"""Introductions that were made in the period, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from graph.model import Introduction, IntroductionState
from matching import Network
from reports.part import Headline, Part, Sense, compared, count, per_cent
from reports.report import (
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Confidence,
    Definition,
    Direction,
    Figure,
    Finding,
    Section,
    Settings,
    Table,
)

__all__ = ["introductions"]

# Those that came to something or might have; a pair that was only suggested met nobody.
_MADE = (
    IntroductionState.INTRODUCED,
    IntroductionState.MET,
    IntroductionState.COLLABORATING,
    IntroductionState.DECLINED,
    IntroductionState.LAPSED,
)
_OUTCOMES = {
    IntroductionState.INTRODUCED: "Introduced, nothing heard yet",
    IntroductionState.MET: "They have met",
    IntroductionState.COLLABORATING: "They work together",
    IntroductionState.DECLINED: "Declined",
    IntroductionState.LAPSED: "Lapsed",
}
_GOOD = frozenset({IntroductionState.MET, IntroductionState.COLLABORATING})

_DEFINITIONS = (
    Definition(
        "introductions",
        "Introductions made",
        "Pairs of organisations that were introduced, as one of the two or the coordinator tells "
        "it, whatever came of it. A pair of which both have told counts once, with what came of "
        "it last.",
        formula="pairs with an introduction decided on by the end of the period",
    ),
    Definition(
        "introductions-met",
        "Introductions that led to a meeting",
        "Of the introductions made, the share in which the two have met or work together now.",
        formula="(met + work together) ÷ introductions made",
        example="Of 12 introductions 5 have met and 1 works together: 6 ÷ 12 = 50%.",
    ),
)


def introductions(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the section on introductions: for coordinators only."""
    if settings.is_public:
        return Part(
            Section(
                id="introductions",
                title="Introductions",
                lead="Who was introduced to whom stays between those concerned and the "
                "coordinators, so this version has no figures of it.",
            )
        )
    made = _made(network)
    figures = compared(
        _figures(made),
        () if before is None else _figures(_made(before)),
        {"introductions": Sense.MORE, "introductions-met": Sense.MORE},
    )
    since = [each for each in made if _decided(each) >= settings.period_start]
    tables = (_by_outcome(made, since), _one_by_one(made, network))
    return Part(
        Section(
            id="introductions",
            title="Introductions",
            lead=_lead(made, since),
            figures=tuple(figure.id for figure in figures),
            charts=(_CHART.id,) if made else (),
            tables=tuple(table.id for table in tables),
        ),
        figures=figures,
        charts=(_CHART,) if made else (),
        tables=tables,
        definitions=_DEFINITIONS,
        headlines=_headlines(made, since),
    )


_CHART = Chart(
    "introductions-by-outcome",
    ChartKind.BARS,
    "What became of introductions",
    "A bar for each outcome, as long as there were introductions with it.",
    "introductions-by-outcome",
    "outcome",
    ("introductions",),
)


def _made(network: Network) -> list[Introduction]:
    """Return the introductions of each pair once: what was decided on last stands."""
    last: dict[tuple[str, str], Introduction] = {}
    for each in network.snapshot.records(Introduction):
        if each.state in _MADE and (network.as_of is None or _decided(each) <= network.as_of):
            low, high = sorted((each.from_id, each.to_id))
            known = last.get((low, high))
            if known is None or (_decided(known), known.id) < (_decided(each), each.id):
                last[low, high] = each
    return sorted(last.values(), key=lambda each: (_decided(each), each.id))


def _decided(each: Introduction) -> date:
    return each.decided_on or each.provenance.last_confirmed


def _figures(made: Sequence[Introduction]) -> tuple[Figure, ...]:
    met = sum(each.state in _GOOD for each in made)
    return (
        Figure(
            "introductions",
            "Introductions made so far",
            ColumnKind.COUNT,
            len(made),
            "introductions",
            "introductions",
        ),
        Figure(
            "introductions-met",
            "of which have met or work together",
            ColumnKind.SHARE,
            met / len(made) if made else None,
            "introductions-met",
            "introductions",
            of=len(made),
        ),
    )


def _by_outcome(made: Sequence[Introduction], since: Sequence[Introduction]) -> Table:
    every, lately = (Counter(each.state for each in some) for some in (made, since))
    return Table(
        "introductions-by-outcome",
        "Introductions by what became of them",
        (
            Column("outcome", "Outcome"),
            Column("introductions", "So far", ColumnKind.COUNT),
            Column("in_period", "Decided on in this period", ColumnKind.COUNT),
        ),
        tuple((words, every[state], lately[state]) for state, words in _OUTCOMES.items()),
    )


def _one_by_one(made: Sequence[Introduction], network: Network) -> Table:
    return Table(
        "introductions",
        "Every introduction",
        (
            Column("first", "Introduced"),
            Column("first_id", "Id", ColumnKind.ORGANISATION),
            Column("second", "To"),
            Column("second_id", "Id of the other", ColumnKind.ORGANISATION),
            Column("outcome", "Outcome"),
            Column("decided_on", "On", ColumnKind.DAY),
            Column("reason", "Why not"),
        ),
        tuple(
            (
                network.name_of(each.from_id),
                each.from_id,
                network.name_of(each.to_id),
                each.to_id,
                _OUTCOMES[each.state],
                _decided(each).isoformat(),
                each.reason.value if each.state is IntroductionState.DECLINED else "",
            )
            for each in reversed(made)
        ),
        note="Only coordinators see this.",
        is_of_members=True,
    )


def _lead(made: Sequence[Introduction], since: Sequence[Introduction]) -> str:
    if not made:
        return "No introduction has been recorded yet."
    met = sum(each.state in _GOOD for each in made)
    return (
        f"{count(len(made), 'introduction')} so far, {len(since):,} decided on in this period. In "
        f"{met:,} the two have met or work together."
    )


def _headlines(made: Sequence[Introduction], since: Sequence[Introduction]) -> tuple[Headline, ...]:
    new = [each for each in since if each.state is IntroductionState.COLLABORATING]
    if not new:
        return ()
    met = sum(each.state in _GOOD for each in made)
    return (
        Headline(
            Finding(
                "introductions",
                f"{count(len(new), 'introduction')} led to working together",
                f"Of {count(len(made), 'introduction')} so far, {per_cent(met / len(made))} have "
                "met or work together.",
                Direction.BETTER,
                Confidence.HIGH,
                "Told by those who were introduced, or by the coordinator.",
                ("introductions", "introductions-met"),
            ),
            weight=0.5,
        ),
    )
