from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, need, offer, organisation, skill, snapshot_of, told
from conditions_world import DAY, twelve
from graph.model import Contact, Fact, Introduction, IntroductionState, Visibility
from graph.stores import open_store
from reports.build import build_report
from reports.content import content_hash, write_report
from reports.report import ColumnKind, Direction, Report, Settings, Withheld
from seeds.demo import demo_truths, load_demo

QUARTER = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))
PUBLIC = replace(QUARTER, is_public=True)
KNOWN = (
    *(organisation(key, provenance=told(Visibility.PUBLIC)) for key in "abcdef"),
    skill("law"),
    skill("books"),
    collaboration("a", "b"),
    need("a", "law"),
    offer("b", "law"),
)


def figure(report: Report, figure_id: str):
    return next(each for each in report.figures if each.id == figure_id)


def rows(report: Report, table_id: str):
    return next(each for each in report.tables if each.id == table_id).rows


def test_the_same_snapshots_and_settings_make_the_same_report():
    before, now = snapshot_of(*KNOWN), snapshot_of(*KNOWN, collaboration("c", "d"))
    once = build_report(now, QUARTER, before)
    again = build_report(snapshot_of(*reversed((*KNOWN, collaboration("c", "d")))), QUARTER, before)
    assert once == again


def test_a_first_report_compares_with_nothing():
    report = build_report(snapshot_of(*KNOWN), QUARTER)
    assert report.previous_hash == ""
    assert all(each.direction is Direction.NEW for each in report.figures)


def test_a_new_partnership_is_counted_named_and_better():
    before, now = snapshot_of(*KNOWN), snapshot_of(*KNOWN, collaboration("c", "d"))
    report = build_report(now, QUARTER, before)
    partnerships = figure(report, "partnerships")
    assert (partnerships.before, partnerships.value) == (1, 2)
    assert partnerships.direction is Direction.BETTER
    assert rows(report, "partnerships") == (
        ("a", "org-a", "b", "org-b"),
        ("c", "org-c", "d", "org-d"),
    )
    assert [row[:4] for row in rows(report, "changes")] == [("came", "Collaborations", "c", "d")]


def test_a_closed_organisation_counts_nowhere_and_is_named():
    closed = [
        replace(each, closed_on=date(2026, 8, 1)) if each.id == "org-b" else each for each in KNOWN
    ]
    report = build_report(snapshot_of(*closed), QUARTER, snapshot_of(*KNOWN))
    assert figure(report, "organisations").value == 5
    assert figure(report, "partnerships").value == 0
    lead = next(section.lead for section in report.sections if section.id == "changes")
    assert lead.endswith("b has closed.")


def test_a_fact_confirmed_again_has_not_changed():
    fresh = replace(TOLD, last_confirmed=date(2026, 9, 1))
    now = [replace(each, provenance=fresh) if each == need("a", "law") else each for each in KNOWN]
    report = build_report(snapshot_of(*now), QUARTER, snapshot_of(*KNOWN))
    assert rows(report, "changes") == ()
    assert rows(report, "changes-by-kind") == (("Needs", 0, 0, 0, 1),)


def test_every_figure_has_a_definition_and_the_rows_behind_it():
    report = build_report(snapshot_of(*KNOWN), QUARTER, snapshot_of(*KNOWN))
    tables = {table.id for table in report.tables}
    definitions = {each.id for each in report.definitions}
    figures = {each.id for each in report.figures}
    for each in report.figures:
        assert each.table in tables
        assert each.definition in definitions
    for chart in report.charts:
        columns = {
            column.key
            for table in report.tables
            if table.id == chart.table
            for column in table.columns
        }
        assert {chart.label, *chart.values} <= columns
    for section in report.sections:
        assert set(section.figures) <= figures
        assert set(section.tables) <= tables
        assert set(section.charts) <= {chart.id for chart in report.charts}
        for finding in section.findings:
            assert set(finding.figures) <= figures
    for table in report.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)


def introduced(one: str, other: str, state: IntroductionState, on: date) -> Introduction:
    return Introduction(
        from_id=f"org-{one}", to_id=f"org-{other}", state=state, decided_on=on, provenance=TOLD
    )


def test_introductions_count_a_pair_once_by_what_came_of_it_last():
    now = snapshot_of(
        *KNOWN,
        introduced("a", "c", IntroductionState.INTRODUCED, date(2026, 5, 1)),
        introduced("c", "a", IntroductionState.MET, date(2026, 8, 1)),
        introduced("d", "e", IntroductionState.DECLINED, date(2026, 9, 1)),
        introduced("d", "f", IntroductionState.SUGGESTED, date(2026, 9, 1)),
        introduced("e", "f", IntroductionState.MET, date(2026, 10, 1)),
    )
    report = build_report(now, QUARTER)
    assert figure(report, "introductions").value == 2
    assert figure(report, "introductions-met").value == pytest.approx(0.5)


def test_the_public_version_says_nothing_of_introductions_or_vetoes():
    secret = introduced("a", "c", IntroductionState.DECLINED, date(2026, 8, 1))
    assert build_report(snapshot_of(*KNOWN, secret), PUBLIC) == build_report(
        snapshot_of(*KNOWN), PUBLIC
    )


@settings(max_examples=10, deadline=None)
@given(
    hidden=st.sampled_from((Visibility.PRIVATE, Visibility.COORDINATORS, Visibility.MEMBERS)),
    was_public=st.booleans(),
)
def test_what_the_public_may_not_see_changes_nothing_in_its_version(
    hidden: Visibility, was_public: bool
):
    def world(fact: Fact):
        return snapshot_of(*KNOWN, fact)

    secret = collaboration("c", "d", provenance=told(hidden))
    past = collaboration("c", "d", provenance=told(Visibility.PUBLIC)) if was_public else secret
    with_it = build_report(world(secret), PUBLIC, world(past))
    without = build_report(snapshot_of(*KNOWN), PUBLIC, snapshot_of(*KNOWN))
    assert with_it == without


@pytest.fixture(scope="module")
def fictional():
    with open_store("sqlite:///:memory:") as store:
        load_demo(store, "tester")
        yield store.snapshot()


def test_the_public_version_names_no_organisation(fictional):
    made = build_report(fictional, PUBLIC, fictional)
    text = write_report(made)
    names = fictional.tables["organisation"]["name"].tolist()
    assert [name for name in names if name in text] == []


def test_the_public_version_shows_no_count_below_five(fictional):
    made = build_report(fictional, PUBLIC, fictional)
    for table in made.tables:
        counts = [at for at, column in enumerate(table.columns) if column.kind is ColumnKind.COUNT]
        shown = {row[at] for row in table.rows for at in counts}
        assert not shown & {1, 2, 3, 4}


def test_where_few_have_told_nobody_is_ranked():
    known = [organisation(key) for key in "abcdefghij"]
    report = build_report(
        snapshot_of(*known, collaboration("a", "b"), collaboration("b", "c")), QUARTER
    )
    assert rows(report, "closing") == ()
    assert rows(report, "between") == ()
    assert not any(
        finding.id == "closing" for section in report.sections for finding in section.findings
    )
    section = next(each for each in report.sections if each.id == "fragile")
    assert "nobody is ranked" in section.paragraphs[0]


def test_the_coordinators_version_names_the_planted_truths(fictional):
    truths = demo_truths()
    report = build_report(fictional, QUARTER, fictional, as_of=date(2026, 11, 1))
    assert {row[1] for row in rows(report, "isolates")} == set(truths.isolates)
    members = rows(report, "silo-members")
    circles = {number: {row[2] for row in members if row[0] == number} for number in (1, 2)}
    assert sorted(map(sorted, circles.values())) == sorted(map(sorted, truths.silos))
    brokers = next(row for row in rows(report, "roles") if row[0] == "Brokers")
    assert brokers[3] == fictional.name_of(truths.broker)
    nobody = {row[0] for row in rows(report, "gaps") if row[1] == "nobody offers it"}
    assert nobody == {fictional.name_of(skill) for skill in truths.unmet_skills}
    assert [row[2] for row in rows(report, "one-provider")] == [truths.single_provider]


def test_a_period_may_begin_with_the_first_day_there_is():
    long = replace(QUARTER, period_start=date.min)
    assert build_report(snapshot_of(*KNOWN), long).settings == long


def open_to_all(*facts: Fact):
    public = told(Visibility.PUBLIC)
    return snapshot_of(*KNOWN, *(replace(each, provenance=public) for each in facts))


def test_what_was_withheld_last_time_is_no_number_from_before():
    # Then 4 of 6 had no partner; "2 of 6 in the largest part" would say so now.
    then = open_to_all(collaboration("a", "b"))
    now = open_to_all(*(collaboration("a", key) for key in "bcdef"))
    made = build_report(now, PUBLIC, then, published=build_report(then, PUBLIC))
    for figure_id in ("isolates", "largest-part"):
        assert isinstance(figure(made, figure_id).before, Withheld)
    assert figure(build_report(now, PUBLIC, then), "largest-part").before == pytest.approx(1 / 3)


def test_the_rest_between_core_and_edge_is_for_coordinators():
    words = [
        {row[0] for row in rows(build_report(snapshot_of(*KNOWN), settings), "roles")}
        for settings in (QUARTER, PUBLIC)
    ]
    assert words[0] - words[1] == {"Between core and edge"}


def test_a_number_of_days_opens_no_report_as_a_share():
    def spoke(ago: int):
        on = date(2026, 9, 30) - timedelta(days=ago)
        one, other = "org-a", "org-b"
        return Contact(from_id=one, to_id=other, happened_on=on, provenance=TOLD)

    report = build_report(snapshot_of(*KNOWN, spoke(20)), QUARTER, snapshot_of(*KNOWN, spoke(200)))
    assert figure(report, "since-contact").value == 20
    assert "condition-since-contact" not in {
        finding.id for section in report.sections for finding in section.findings
    }


def test_another_process_makes_the_same_report_whatever_its_hashes():
    made = (
        "from conditions_world import DAY, twelve\n"
        "from builders import snapshot_of\n"
        "from reports.build import build_report\n"
        "from reports.content import content_hash\n"
        "from reports.report import Settings\n"
        "known = snapshot_of(*twelve()[::-1])\n"
        "print(content_hash(build_report(known, Settings('Twelve', DAY, DAY), known)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", made],
        env={
            **os.environ,
            "PYTHONHASHSEED": "77",
            "PYTHONPATH": os.pathsep.join((str(root), str(root / "tests"))),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    known = snapshot_of(*twelve())
    here = build_report(known, Settings("Twelve", DAY, DAY), known)
    assert done.stdout.strip() == content_hash(here)
