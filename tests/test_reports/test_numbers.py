"""Every number of a report comes again from its rows, and once more from the records, by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import pytest

from builders import snapshot_of
from conditions_world import DAY as DAY_OF_TWELVE
from conditions_world import twelve
from graph.model import Fact, Node, Visibility
from plain_counts import PlainCounts
from random_worlds import random_world
from rehearsal_worlds import DAY, facts_with
from reports.build import build_report
from reports.report import Cell, ColumnKind, Figure, Report, Settings
from seeds.demo import demo_records
from seeds.demo.draft import TODAY

Row = Mapping[str, Cell]
Rule = Callable[[Sequence[Row]], float | None]


def rows_where(key: str, *values: str) -> Rule:
    return lambda rows: sum(row[key] in values for row in rows)


def share_where(key: str, *values: str) -> Rule:
    return lambda rows: share(rows_where(key, *values)(rows), len(rows))


def share(part: float | None, whole: float) -> float | None:
    return part / whole if whole and part is not None else None


def largest_part(rows: Sequence[Row]) -> float | None:
    (row,) = (row for row in rows if row["role"] == "In the largest part")
    return share(row["organisations"], row["of"])


def complementary(rows: Sequence[Row]) -> float | None:
    told = Counter(row["what"] for row in rows)
    both = told["complete each other"] + told["double each other"]
    return share(told["complete each other"], both)


def days_in_the_middle(rows: Sequence[Row]) -> float | None:
    days = [row["days"] for row in rows if row["days"] is not None]
    return median(days) if days else None


def dependency(rows: Sequence[Row]) -> float | None:
    def pairs(size: int) -> int:
        return size * (size - 1) // 2

    others = sum(row["size"] * row["with_backbone"] for row in rows)
    lost = sum(
        pairs(row["size"]) * (row["with_backbone"] - row["without_backbone"]) for row in rows
    )
    return share(lost, pairs(others))


REPORTING = ("reports itself", "reports through a partner")
# How each number comes from the rows of its table.
RULES: dict[str, Rule] = {
    "organisations": len,
    "partnerships": len,
    "needs": len,
    "unmet": rows_where("in_reach", "no"),
    "unmet-share": share_where("in_reach", "no"),
    "nobody": rows_where("standing", "nobody offers it"),
    "one-provider": rows_where("standing", "one organisation only"),
    "one-lead": len,
    "closing": len,
    "isolates": len,
    "largest-part": largest_part,
    "silos": len,
    "introductions": len,
    "introductions-met": share_where("outcome", "They have met", "They work together"),
    "signed": share_where("standing", "has signed a goal"),
    "reporting": share_where("standing", *REPORTING),
    "complementary": complementary,
    "since-contact": days_in_the_middle,
    "in-touch": lambda rows: share(
        sum(row["days"] is not None and row["days"] <= 90 for row in rows), len(rows)
    ),
    "dependency": dependency,
    "fresh": lambda rows: share(sum(r["fresh"] for r in rows), sum(r["of"] for r in rows)),
}


@dataclass(frozen=True)
class Case:
    """A report, and the facts that its readers may see."""

    report: Report
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, facts: Iterable[Fact], today: date) -> Case:
        every = tuple(facts)
        about = Settings("Of all", today - timedelta(days=90), today)
        return cls(build_report(snapshot_of(*every), about), tuple(seen(every)))

    def rows(self, table_id: str) -> list[Row]:
        (table,) = (each for each in self.report.tables if each.id == table_id)
        keys = [column.key for column in table.columns]
        return [dict(zip(keys, row, strict=True)) for row in table.rows]

    def plain(self) -> PlainCounts:
        return PlainCounts(self.facts, self.report.as_of)


def seen(facts: Sequence[Fact]) -> Iterable[Fact]:
    shown = [fact for fact in facts if fact.provenance.visibility is not Visibility.PRIVATE]
    nodes = {fact.id for fact in shown if isinstance(fact, Node)}
    return (fact for fact in shown if isinstance(fact, Node) or {fact.from_id, fact.to_id} <= nodes)


CASES = {
    "fictional": lambda: Case.of(filter(is_fact, demo_records()), TODAY),
    "a month before": lambda: Case.of(filter(is_fact, demo_records()), date(2026, 9, 30)),
    "twelve": lambda: Case.of(twelve(), DAY_OF_TWELVE),
    "random": lambda: Case.of(random_world(1, size=24), date(2026, 9, 30)),
    "nothing": lambda: Case.of((), TODAY),
    "hanging 3": lambda: Case.of(facts_with(random.Random(3), 3), DAY),
    "hanging 8": lambda: Case.of(facts_with(random.Random(8), 8), DAY),
}


def is_fact(record: object) -> bool:
    return isinstance(record, Fact)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


def test_every_number_comes_again_from_the_rows_of_its_table(case: Case) -> None:
    assert {each.id for each in case.report.figures} == RULES.keys()
    for figure in case.report.figures:
        assert figure.value == about(RULES[figure.id](case.rows(figure.table))), figure.id


def test_every_number_comes_again_from_the_records_by_hand(case: Case) -> None:
    counted = case.plain().figures()
    assert counted.keys() == RULES.keys() - {"silos"}
    for figure in case.report.figures:
        if figure.id in counted:
            assert figure.value == about(counted[figure.id]), figure.id


def about(value: float | None) -> object:
    return value if value is None else pytest.approx(value, abs=1e-12)


def test_what_a_share_is_of_is_the_number_of_its_rows(case: Case) -> None:
    of = {each.id: each.of for each in case.report.figures}
    for figure_id in ("unmet-share", "introductions-met", "signed", "reporting", "in-touch"):
        assert of[figure_id] == len(case.rows(figure(case.report, figure_id).table)), figure_id
    assert of["isolates"] == of["largest-part"] == of["signed"] == len(case.rows("organisations"))


def figure(report: Report, figure_id: str) -> Figure:
    return next(each for each in report.figures if each.id == figure_id)


def test_tables_that_speak_of_the_same_agree(case: Case) -> None:
    partners = Counter(
        end for row in case.rows("partnerships") for end in (row["id"], row["partner_id"])
    )
    everybody = case.rows("organisations")
    assert all(row["partners"] == partners[row["id"]] for row in everybody)
    alone = [row["id"] for row in everybody if not row["partners"]]
    assert sorted(alone) == sorted(row["id"] for row in case.rows("isolates"))
    (known,) = (row for row in case.rows("coverage") if row["what"] == "Whom it works with")
    assert (known["known"], known["of"]) == (len(everybody) - len(alone), len(everybody))
    pairs = pairs_of(case.rows("partnerships"), "id", "partner_id")
    for table in ("contacts", "activities"):
        assert pairs_of(case.rows(table), "first_id", "second_id") == pairs
    assert {row["skill"] for row in case.rows("one-provider")} == {
        row["skill"] for row in case.rows("gaps") if row["standing"] == "one organisation only"
    }
    for row in case.rows("closing"):
        parts = ("needs", "apart", "projects", "members")
        assert row["broken"] == sum(row[key] for key in parts) > 0
    told = Counter(row["outcome"] for row in case.rows("introductions"))
    for row in case.rows("introductions-by-outcome"):
        assert row["introductions"] == told[row["outcome"]]
    shares = [
        each
        for each in case.report.figures
        if each.id in {"signed", "reporting", "complementary", "in-touch", "dependency"}
    ]
    assert [row["share"] for row in case.rows("board")] == [each.value for each in shares]
    assert all(each.kind is ColumnKind.SHARE for each in shares)


def pairs_of(rows: Iterable[Row], one: str, other: str) -> set[tuple[Cell, Cell]]:
    return {(row[one], row[other]) for row in rows}


def test_gaps_and_closed_circles_come_from_the_rows_of_needs_and_partnerships(case: Case) -> None:
    needs = case.rows("needs")
    for row in case.rows("gaps"):
        mine = [need for need in needs if need["skill"] == row["skill"]]
        assert (row["in_need"], row["unmet"]) == (
            len(mine),
            sum(need["in_reach"] == "no" for need in mine),
        )
    pairs = pairs_of(case.rows("partnerships"), "id", "partner_id")
    for row in case.rows("silos"):
        members = {
            each["id"] for each in case.rows("silo-members") if each["circle"] == row["number"]
        }
        ends = [len(members & set(pair)) for pair in pairs]
        assert (row["members"], row["inner"], row["outer"]) == (
            len(members),
            ends.count(2),
            ends.count(1),
        )
        for one in members:
            far = [set(pair) - {one} for pair in pairs if one in pair]
            assert sum(end <= members for end in far) > len(far) / 2
        assert row["outer"] / (2 * row["inner"] + row["outer"]) <= 0.1
