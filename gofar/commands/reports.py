"""gofar reports: make, read, word, lock, publish and compare them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from gofar.commands.report_schedules import schedule
from gofar.commands.report_work import outbox, run_due_
from gofar.options import opened, store_option
from gofar.report_options import asked_scope, scope_options
from gofar.reporting import maker
from gofar.settings import read_settings
from gofar.tables import check_folder
from graph.errors import Conflict, InputError
from graph.model import ReportSchedule, StoredReport
from reports import steps
from reports.comparing import compare
from reports.errors import UnknownSchedule
from reports.keeping import content_of, keep, prove, stored_report, stored_reports, words_of
from reports.making import Order, make, report_id_of
from reports.periods import Period, named, period_said
from reports.report import Figure
from reports.scope import scope_from_json
from reports.wording import blocks_of, read_as

__all__ = ["reports_"]

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("reports")
def reports_() -> None:
    """Make reports for boards, funders and members, by hand or by a schedule, and send them."""


@reports_.command("make")
@click.option(
    "--period",
    default="this-quarter",
    show_default=True,
    metavar="PERIOD",
    help="2026-Q1, 2026-03, 2026-W10, 2026-01-15:2026-02-20, this-month, last-quarter, …",
)
@click.option("--title", default="Report", show_default=True, metavar="TEXT", help="Its title.")
@scope_options
@click.option(
    "--compare-with",
    "previous_id",
    metavar="REPORT",
    help="Say what has changed since that report; none for no report. "
    "Default: the last one about the same.",
)
@click.option("--replaces", "replaces_id", default="", metavar="REPORT", help="It puts that right.")
@click.option(
    "--schedule",
    "schedule_id",
    default="",
    metavar="SCHEDULE",
    help="Make up for one that was missed: its title and what it is about.",
)
@store_option
def make_(
    period: str,
    title: str,
    previous_id: str | None,
    replaces_id: str,
    schedule_id: str,
    store_url: str | None,
    **narrowed: str,
) -> None:
    """Make a report now, as a draft.

    It shows the network at the end of its period, or today's if the period goes on.
    """
    with opened(store_url) as store:
        now, actor = store.clock(), read_settings().actor
        found = period_said(period, now.date())
        scope = asked_scope(store, **narrowed)
        if schedule_id:
            planned = store.record(ReportSchedule, schedule_id)
            if planned is None:
                raise UnknownSchedule(schedule_id)
            title, scope = planned.title, scope_from_json(planned.settings)
        order = Order(
            title=title,
            period=found,
            scope=scope,
            schedule_id=schedule_id,
            previous_id="" if previous_id == "none" else previous_id,
            replaces_id=replaces_id,
        )
        made = make(store, maker(), order, actor=actor, now=now)
        if not keep(store, made, actor=actor):
            there = report_id_of(schedule_id, found)
            raise Conflict(
                f"This schedule has its report on {named(found)} already: {there}.",
                remedy="Make one that puts it right: --replaces, without --schedule.",
            )
    click.echo(f"Made a draft on {named(found)}: {made.report.id}")
    click.echo(f"Next: gofar reports show {made.report.id}")


@reports_.command("list")
@_json_option
@store_option
def list_(as_json: bool, store_url: str | None) -> None:
    """List all reports, the newest first."""
    with opened(store_url) as store:
        rows = [_row(report) for report in stored_reports(store)]
    if as_json:
        _print_json(rows)
    elif not rows:
        click.echo("There is no report yet. Make one: gofar reports make")
    for row in () if as_json else rows:
        click.echo(f"{row['id']}  {row['title']}, {row['period']}: {row['state']}")


@reports_.command()
@click.argument("report_id", metavar="REPORT")
@click.option("--public", is_flag=True, help="The version for the public.")
@_json_option
@store_option
def show(report_id: str, public: bool, as_json: bool, store_url: str | None) -> None:
    """Show what a report says first, and how far it has come."""
    with opened(store_url) as store:
        report = stored_report(store, report_id)
        content = content_of(store, report, maker(), public=public)
        row = _row(report)
        words = dict(words_of(report))
    findings = [each for section in content.sections for each in section.findings]
    if as_json:
        told = [{"headline": each.headline, "detail": each.detail} for each in findings]
        _print_json({**row, "words": words, "findings": told})
        return
    console = Console()
    console.print(f"{row['title']}, {row['period']}", style="bold", markup=False)
    console.print(f"{row['state']}; the network of {row['as_of']}", markup=False)
    for each in findings:
        console.print(f"• {each.headline}", markup=False, soft_wrap=True)
    console.print(
        f"All of it: gofar reports get {report_id} --as pdf -o report.pdf",
        markup=False,
        soft_wrap=True,
    )


@reports_.command()
@click.argument("report_id", metavar="REPORT")
@click.option(
    "--as",
    "form",
    type=click.Choice(["pdf", "html", "xlsx", "json"]),
    default="pdf",
    show_default=True,
    help="The form.",
)
@click.option("--public", is_flag=True, help="The version for the public.")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file."
)
@store_option
def get(report_id: str, form: str, public: bool, out: Path, store_url: str | None) -> None:
    """Write a report into a file."""
    check_folder(out)
    made = maker()
    with opened(store_url) as store:
        report = stored_report(store, report_id)
        data = made.form(form, *read_as(store, report, made, public=public))
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(out)
    except OSError as error:
        raise InputError(
            f"{out}: can't be written ({error.strerror or error}).",
            remedy="Name a place where you may write, with room enough.",
        ) from error
    click.echo(f"Wrote {out}.")


@reports_.command()
@click.argument("report_id", metavar="REPORT")
@click.option(
    "--set", "texts", multiple=True, metavar="BLOCK=TEXT", help="A text; blank brings ours back."
)
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file of texts by block.",
)
@store_option
def words(report_id: str, texts: tuple[str, ...], file: Path | None, store_url: str | None) -> None:
    """Write the words of a draft anew; without options, print them as JSON by block."""
    given = {**(_words_in(file) if file else {}), **dict(map(_text_said, texts))}
    made = maker()
    with opened(store_url) as store:
        report = stored_report(store, report_id)
        if not given:
            _print_json({**blocks_of(store, report, made), **words_of(report)})
            return
        actor = read_settings().actor
        done = steps.edit_words(store, made, report_id, given, actor=actor)
    click.echo(f"{len(words_of(done))} texts stand in place of gofar’s.")


@reports_.command()
@click.argument("report_id", metavar="REPORT")
@store_option
def lock(report_id: str, store_url: str | None) -> None:
    """Lock a draft, so that its words stay."""
    with opened(store_url) as store:
        today = store.clock().date()
        steps.lock(store, report_id, actor=read_settings().actor, today=today)
    click.echo(f"Locked. Next: gofar reports publish {report_id}")


@reports_.command()
@click.argument("report_id", metavar="REPORT")
@store_option
def unlock(report_id: str, store_url: str | None) -> None:
    """Make a locked report a draft again."""
    with opened(store_url) as store:
        steps.unlock(store, report_id, actor=read_settings().actor)
    click.echo("It is a draft again.")


@reports_.command()
@click.argument("report_id", metavar="REPORT")
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="ADDRESS",
    help="Who gets it; may be repeated. Default: the recipients of its schedule.",
)
@store_option
def publish(report_id: str, recipients: tuple[str, ...], store_url: str | None) -> None:
    """Publish a locked report for good, and queue an e-mail to each of its readers."""
    with opened(store_url) as store:
        report = steps.publish(
            store,
            report_id,
            actor=read_settings().actor,
            now=store.clock(),
            recipients=recipients or None,
        )
        count = len(recipients or steps.readers_of(store, report))
    click.echo(f"Published. E-mails queued: {count}. See gofar reports outbox.")


@reports_.command("compare")
@click.argument("before_id", metavar="BEFORE")
@click.argument("after_id", metavar="AFTER")
@click.option("--public", is_flag=True, help="The versions for the public.")
@_json_option
@store_option
def compare_(
    before_id: str, after_id: str, public: bool, as_json: bool, store_url: str | None
) -> None:
    """Put two reports side by side: their figures, and the findings that only one has."""
    made = maker()
    with opened(store_url) as store:
        before, after = (
            content_of(store, stored_report(store, each), made, public=public)
            for each in (before_id, after_id)
        )
    found = compare(before, after)
    if as_json:
        _print_json(
            {
                "figures": [
                    {
                        "id": each.id,
                        "label": each.label,
                        "before": each.before.value if each.before else None,
                        "after": each.after.value if each.after else None,
                        "difference": each.difference,
                    }
                    for each in found.figures
                ],
                "only_before": found.only_before,
                "only_after": found.only_after,
            }
        )
        return
    for each in found.figures:
        click.echo(f"{each.label}: {_value(each.before)} → {_value(each.after)}")
    for heading, lines in (("No longer", found.only_before), ("New", found.only_after)):
        for line in lines:
            click.echo(f"{heading}: {line}")


@reports_.command()
@_json_option
@store_option
def check(as_json: bool, store_url: str | None) -> None:
    """Hold each report against the network of its version; exit code 1 where one fails."""
    made = maker()
    with opened(store_url) as store:
        proofs = [prove(store, report, made) for report in stored_reports(store)]
    if as_json:
        _print_json(
            [
                {
                    "id": each.report.id,
                    "is_whole": each.is_whole,
                    "is_same_network": each.is_same_network,
                    "is_same_report": each.is_same_report,
                }
                for each in proofs
            ]
        )
    for each in () if as_json else proofs:
        verdict = "holds" if each.holds else "does NOT hold"
        more = "" if each.is_same_report else "; this gofar would say more or less today"
        click.echo(f"{each.report.id}  {verdict}{more}")
    if not all(each.holds for each in proofs):
        raise click.exceptions.Exit(1)


def _row(report: StoredReport) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "period": named(Period(report.period_start, report.period_end)),
        "as_of": report.as_of.isoformat(),
        "state": report.state.value,
        "schedule": report.schedule_id,
        "replaces": report.replaces_id,
        "network_version": report.network_version,
        "network_hash": report.network_hash,
        "content_hash": report.content_id,
    }


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _value(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else str(figure.value)


def _text_said(said: str) -> tuple[str, str]:
    block, equals, text = said.partition("=")
    if not equals:
        raise InputError(
            f"--set {said!r} has no =.", remedy="Write --set BLOCK=TEXT; gofar reports words lists."
        )
    return block.strip(), text


def _words_in(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: is not JSON ({error}).", remedy="Save it as UTF-8.") from error
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise InputError(
            f"{file}: holds no texts by block.", remedy='Write {"BLOCK": "TEXT", …} into it.'
        )
    return found


for _command in (schedule, run_due_, outbox):
    reports_.add_command(_command)
