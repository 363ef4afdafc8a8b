"""What has changed since the report before, where it came from, and who came, closed or left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from graph.differences import Difference, differences, may_differ
from graph.model import KINDS, Node, Row
from matching import Network
from matching.gaps.conditions.part import open_pairs
from reports.part import Headline, Part, Sense, compared, count, listed
from reports.report import (
    Cell,
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

__all__ = ["changes"]

# What a reader calls the kinds that a report speaks of; all others are book-keeping of terms.
_WORDS = {
    "organisation": "Organisations",
    "project": "Projects",
    "goal": "Goals",
    "measure": "Measures",
    "collaborates_with": "Collaborations",
    "takes_part_in": "Parts in projects",
    "offers": "Offers",
    "needs": "Needs",
    "works_in": "Places of work",
    "works_on": "Themes of work",
    "serves": "Communities served",
    "funds": "Grants",
    "backbone_of": "Support by the backbone",
    "signed": "Signatures under goals",
    "measured": "Values of measures",
    "in_touch_with": "Contacts",
    "advances": "Contributions to goals",
}
_CONFIRMATION = frozenset({"last_confirmed", "first_seen", "source", "asserted_by", "visibility"})
_CAME, _WENT, _OTHER, _CONFIRMED = "came", "went", "changed", "confirmed again"

_DEFINITIONS = (
    Definition(
        "organisations",
        "Organisations",
        "Organisations in the network that have not closed by the day of the report.",
        formula="all organisations less those closed",
        example="If 162 are known and 2 have closed, the figure is 160.",
    ),
    Definition(
        "partnerships",
        "Partnerships",
        "Pairs of organisations that work together or did: somebody told of a collaboration that "
        "has begun, or both take or took part in one project of at most 60 organisations. Who only "
        "pays for a project takes no part in it.",
        formula="pairs {A, B} with a tie, each counted once",
        example="Three organisations in one project are three pairs.",
    ),
    Definition(
        "changes",
        "Facts that came, went or changed",
        "A fact is one statement, such as “A needs B”. It changed if anything but the day of its "
        "confirmation, its source or its visibility reads differently.",
        formula="facts of now compared with facts of then, one by one, by id",
    ),
)


def changes(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the section on what has changed."""
    del settings
    found = () if before is None else tuple(_told(before, network))
    figures = compared(
        _figures(network), () if before is None else _figures(before), {"partnerships": Sense.MORE}
    )
    behind = (_who(network), _together(network))
    news = (
        ()
        if before is None
        else (_by_kind(found), _by_source(found), _one_by_one(found, network, before))
    )
    return Part(
        Section(
            id="changes",
            title="What has changed",
            lead=_lead(found, before, network),
            figures=tuple(figure.id for figure in figures),
            charts=("changes-by-kind",) if found else (),
            tables=tuple(table.id for table in (*news, *behind)),
        ),
        figures=figures,
        charts=(_CHART,) if found else (),
        tables=(*news, *behind),
        definitions=_DEFINITIONS,
        headlines=_headlines(figures, before),
    )


_CHART = Chart(
    "changes-by-kind",
    ChartKind.BARS,
    "What came and what went",
    "Two bars for each of the kinds of fact that moved most: how many came and how many went since "
    "the report before.",
    "changes-by-kind",
    "kind",
    ("came", "went"),
)


def _figures(network: Network) -> tuple[Figure, ...]:
    return (
        Figure(
            "organisations",
            "Organisations",
            ColumnKind.COUNT,
            int(network.is_open.sum()),
            "organisations",
            "organisations",
        ),
        Figure(
            "partnerships",
            "Partnerships between them",
            ColumnKind.COUNT,
            len(open_pairs(network)[0]),
            "partnerships",
            "partnerships",
        ),
    )


def _told(before: Network, after: Network) -> Iterator[Difference]:
    """Yield the differences of told facts of the kinds that a report speaks of."""
    was, now = before.snapshot, after.snapshot
    for each in differences(was, now, may_differ(was, now)):
        row = each.after or each.before
        if each.kind in _WORDS and row is not None and not row["inferred"]:
            yield each


def _sort(each: Difference) -> str:
    if each.before is None:
        return _CAME
    if each.after is None:
        return _WENT
    return _CONFIRMED if set(each.fields) <= _CONFIRMATION else _OTHER


_DRAWN = 8
_MOVES = (_CAME, _WENT, _OTHER)
_SORTS = (_CAME, _WENT, _OTHER, _CONFIRMED)
_SORT_COLUMNS = (
    Column("came", "Came", ColumnKind.COUNT),
    Column("went", "Went", ColumnKind.COUNT),
    Column("changed", "Changed", ColumnKind.COUNT),
    Column("confirmed", "Confirmed again", ColumnKind.COUNT),
)


def _by_kind(found: Sequence[Difference]) -> Table:
    counts = Counter((each.kind, _sort(each)) for each in found)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (word, *(counts[kind, sort] for sort in _SORTS))
        for kind, word in sorted(
            _WORDS.items(), key=lambda each: -sum(counts[each[0], sort] for sort in _MOVES)
        )
        if any(counts[kind, sort] for sort in _SORTS)
    )
    return Table(
        "changes-by-kind",
        "Facts that came, went or changed, by kind",
        (Column("kind", "Kind of fact"), *_SORT_COLUMNS),
        rows,
        shown=_DRAWN,
    )


def _by_source(found: Sequence[Difference]) -> Table:
    counts = Counter((_source(each), _sort(each)) for each in found)
    sources = sorted(
        {source for source, _ in counts},
        key=lambda source: (-sum(counts[source, sort] for sort in _SORTS), source),
    )
    return Table(
        "changes-by-source",
        "Where the changes came from",
        (Column("source", "Told by"), *_SORT_COLUMNS),
        tuple((source, *(counts[source, sort] for sort in _SORTS)) for source in sources),
        note="What went is counted under the source that it had.",
    )


def _source(each: Difference) -> str:
    row = each.after or each.before or {}
    return str(row["source"])


def _one_by_one(found: Iterable[Difference], network: Network, before: Network) -> Table:
    rows = [_row(each, network, before) for each in found if _sort(each) != _CONFIRMED]
    order = {sort: number for number, sort in enumerate(_SORTS)}
    rows.sort(key=lambda row: (order[str(row[0])], str(row[1]), str(row[2]), str(row[3])))
    return Table(
        "changes",
        "Every change",
        (
            Column("change", "Change"),
            Column("kind", "Kind of fact"),
            Column("subject", "Of"),
            Column("object", "To or about"),
            Column("fields", "What reads differently"),
            Column("source", "Told by"),
            Column("id", "Id of the fact"),
        ),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )


def _row(each: Difference, network: Network, before: Network) -> tuple[Cell, ...]:
    row: Row = each.after or each.before or {}
    is_node = issubclass(KINDS[each.kind], Node)

    def named(node_id: object) -> str:
        known = network.snapshot.name_of(str(node_id))
        return known or before.name_of(str(node_id))

    return (
        _sort(each),
        _WORDS[each.kind],
        str(row["name"]) if is_node else named(row["from_id"]),
        "" if is_node else named(row["to_id"]),
        ", ".join(field.replace("_", " ") for field in each.fields if field not in _CONFIRMATION),
        _source(each),
        each.id,
    )


def _who(network: Network) -> Table:
    degrees = np.bincount(np.concatenate(open_pairs(network)), minlength=len(network))
    rows = [
        (network.names[row], network.organisation_ids[row], int(degrees[row]))
        for row in np.flatnonzero(network.is_open).tolist()
    ]
    rows.sort(key=lambda row: (row[0].casefold(), row[1]))
    return Table(
        "organisations",
        "Every organisation, with how many partners it has",
        (
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("partners", "Partners", ColumnKind.COUNT),
        ),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )


def _together(network: Network) -> Table:
    names, ids = network.names, network.organisation_ids
    pairs = zip(*(ends.tolist() for ends in open_pairs(network)), strict=True)
    return Table(
        "partnerships",
        "Every pair of organisations that works together",
        (
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("partner", "Partner"),
            Column("partner_id", "Id of the partner", ColumnKind.ORGANISATION),
        ),
        tuple((names[one], ids[one], names[other], ids[other]) for one, other in pairs),
        shown=0,
        is_of_members=True,
    )


def _lead(found: Sequence[Difference], before: Network | None, network: Network) -> str:
    if before is None:
        return "This is the first report on this network, so there is nothing to compare it with."
    news = Counter(_sort(each) for each in found)
    left = _left(before, network)
    confirmed = news[_CONFIRMED]
    if not any(news[sort] for sort in _MOVES):
        again = f" {count(confirmed, 'fact was', 'facts were')} confirmed again."
        same = f"No fact has come, gone or changed since {_day(before)}."
        return f"{same}{again if confirmed else ''}{left}"
    return (
        f"Since {_day(before)}, {count(news[_CAME], 'fact')} came, {news[_WENT]:,} went and "
        f"{news[_OTHER]:,} changed; {confirmed:,} {'was' if confirmed == 1 else 'were'} confirmed "
        f"again.{left}"
    )


def _left(before: Network, network: Network) -> str:
    """Return who has closed since, in a sentence of its own."""
    was_open = {before.organisation_ids[row] for row in np.flatnonzero(before.is_open).tolist()}
    closed = [
        network.names[row]
        for row in np.flatnonzero(~network.is_open).tolist()
        if network.organisation_ids[row] in was_open
    ]
    if not closed:
        return ""
    return f" {listed(sorted(closed))} {'has' if len(closed) == 1 else 'have'} closed."


def _day(network: Network) -> str:
    assert network.as_of is not None
    return f"{network.as_of.day} {network.as_of:%B %Y}"


def _headlines(figures: Sequence[Figure], before: Network | None) -> tuple[Headline, ...]:
    """Offer the change in partnerships, if there is one worth telling."""
    figure = next(each for each in figures if each.id == "partnerships")
    was, now = figure.before, figure.value
    if before is None or not isinstance(was, int) or not isinstance(now, int) or was == now:
        return ()
    more = now > was
    way = "more" if more else "fewer"
    return (
        Headline(
            Finding(
                "partnerships",
                f"{count(abs(now - was), f'{way} partnership')} than before",
                f"{count(now, 'pair of organisations works', 'pairs of organisations work')} "
                f"together; on {_day(before)} there {'was' if was == 1 else 'were'} {was:,}.",
                Direction.BETTER if more else Direction.WORSE,
                Confidence.HIGH if was else Confidence.MEDIUM,
                "Counted one by one from facts that somebody told; partnerships that nobody has "
                "told of are not in it.",
                ("partnerships",),
            ),
            weight=min(1.0, 2 * abs(now - was) / max(was, now)),
        ),
    )
