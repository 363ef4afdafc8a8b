"""How the report was made: what is known, how fresh it is, and what each number means."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from graph.model import RELATIONSHIP_KINDS
from matching import Network
from matching.introductions.distances import open_ties
from reports.part import Part, Sense, compared
from reports.report import (
    Column,
    ColumnKind,
    Definition,
    Figure,
    Section,
    Settings,
    Table,
)

__all__ = ["closing"]

_FRESH_DAYS = 365
# What one would want to know of every organisation, and the matrix that says so.
_KNOWN = (
    ("needs", "What it needs"),
    ("offers", "What it offers"),
    ("ties", "Whom it works with"),
    ("places", "Where it works"),
    ("themes", "What it works on"),
    ("communities", "Whom it is for"),
    ("goals", "Which goals it works towards"),
)
_DEFINITIONS = (
    Definition(
        "coverage",
        "Coverage",
        "For how many open organisations something is known at all. A number that counts needs can "
        "only count the needs of those who have told any.",
        formula="organisations of which at least one such fact is known ÷ open organisations",
        example="If 150 of 160 organisations have told a need, coverage is 150 ÷ 160 = 94%.",
    ),
    Definition(
        "fresh",
        "Confirmed in the last twelve months",
        "Of the facts between organisations, skills, places and so on that somebody has told, the "
        "share that somebody told or confirmed within 365 days before the day of the report.",
        formula="told facts last confirmed within the 365 days ÷ told facts",
        example="Of 40 told facts 10 were confirmed within the year: 10 ÷ 40 = 25%.",
    ),
)


def closing(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the last section: method, coverage and freshness."""
    figures = compared(
        _figures(network), () if before is None else _figures(before), {"fresh": Sense.MORE}
    )
    tables = (_coverage(network), _freshness(network))
    return Part(
        Section(
            id="method",
            title="How this report was made",
            lead="Every number here is counted from facts that organisations, coordinators and "
            "public registers have told; each links to its definition and to the rows that it "
            "counts.",
            paragraphs=_paragraphs(settings),
            figures=tuple(figure.id for figure in figures),
            tables=tuple(table.id for table in tables),
        ),
        figures=figures,
        tables=tables,
        definitions=_DEFINITIONS,
    )


def _paragraphs(settings: Settings) -> tuple[str, ...]:
    said = [
        "The report is worked out by rule from the state of the network on its day and on the day "
        "of the report before. The same state gives the same report, to the last digit.",
        "Organisations that have closed count in no number. Needs, offers, places, themes "
        "and communities that nobody told, but that were worked out from what an organisation says "
        "of itself, count as told ones do; a collaboration counts only if somebody told of it.",
    ]
    if settings.is_public:
        said.append(
            "This is the public version. It holds only what the public may see. Counts below 5 "
            "are not shown, and neither are numbers from which they could be worked out."
        )
    return tuple(said)


def _figures(network: Network) -> tuple[Figure, ...]:
    fresh, facts = _fresh(network)
    return (
        Figure(
            "fresh",
            "Facts confirmed in the last twelve months",
            ColumnKind.SHARE,
            fresh / facts if facts else None,
            "fresh",
            "freshness",
            of=facts,
        ),
    )


def _coverage(network: Network) -> Table:
    everybody = int(network.is_open.sum())
    rows = []
    for name, words in _KNOWN:
        # A partner that has closed is none any more, here as in every other number.
        facts = open_ties(network) if name == "ties" else getattr(network, name)
        knows = np.diff(facts.indptr) > 0
        known = int((knows & network.is_open).sum())
        rows.append((words, known, everybody, known / everybody if everybody else None))
    return Table(
        "coverage",
        "For how many organisations something is known",
        (
            Column("what", "What is known"),
            Column("known", "Organisations", ColumnKind.COUNT),
            Column("of", "Of", ColumnKind.COUNT),
            Column("share", "Coverage", ColumnKind.SHARE, made_of=("known", "of")),
        ),
        tuple(rows),
    )


def _freshness(network: Network) -> Table:
    rows = []
    for kind in RELATIONSHIP_KINDS:
        fresh, facts = _fresh_of(network, kind.kind)
        if facts and not kind.is_confidential:
            rows.append((kind.kind.replace("_", " "), fresh, facts, fresh / facts))
    return Table(
        "freshness",
        "How many facts were confirmed in the last twelve months",
        (
            Column("kind", "Kind of fact"),
            Column("fresh", "Confirmed", ColumnKind.COUNT),
            Column("of", "Of", ColumnKind.COUNT),
            Column("share", "Share", ColumnKind.SHARE, made_of=("fresh", "of")),
        ),
        tuple(rows),
        shown=len(RELATIONSHIP_KINDS),
    )


def _fresh(network: Network) -> tuple[int, int]:
    """Return how many facts between nodes are fresh, of how many; confidential ones left out."""
    each = [
        _fresh_of(network, kind.kind) for kind in RELATIONSHIP_KINDS if not kind.is_confidential
    ]
    return sum(fresh for fresh, _ in each), sum(facts for _, facts in each)


def _fresh_of(network: Network, kind: str) -> tuple[int, int]:
    assert network.as_of is not None
    table = network.snapshot.tables[kind]
    # Organisations are the first of all nodes.
    is_open = np.ones(len(network.snapshot.node_ids), dtype=np.bool_)
    is_open[: len(network)] = network.is_open
    counts = ~table["inferred"] & is_open[table["from_id"]] & is_open[table["to_id"]]
    since = np.datetime64(network.as_of - timedelta(days=_FRESH_DAYS), "D")
    return int((counts & (table["last_confirmed"] >= since)).sum()), int(counts.sum())
