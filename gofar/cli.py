"""The group of commands. A new one is one file in ``commands/`` and one line in ``COMMANDS``."""

from __future__ import annotations

import click

from gofar import __version__
from gofar.commands.agreeing import agreed, contact, goal, measure, measured, sign
from gofar.commands.backtest import backtest
from gofar.commands.board import board
from gofar.commands.bootstrap import bootstrap
from gofar.commands.coalition import coalition
from gofar.commands.demo import demo
from gofar.commands.diff import diff
from gofar.commands.duplicates import duplicates, merge_, not_same, split_, unmerge_
from gofar.commands.explain import explain_
from gofar.commands.export import export_
from gofar.commands.fresh import confirm, fresh, reject
from gofar.commands.gaps import gaps
from gofar.commands.import_ import import_, imports, template, undo_import
from gofar.commands.introduce import introduce, route
from gofar.commands.introductions import introduced, introductions, not_with
from gofar.commands.match import match
from gofar.commands.rehearse import if_closed_, what_if_
from gofar.commands.report_work import worker
from gofar.commands.reports import reports_
from gofar.commands.round_ import round_
from gofar.commands.serve import serve
from gofar.commands.signals import signals
from gofar.commands.status import status
from gofar.commands.structure import structure_
from gofar.commands.train import train
from gofar.commands.words import words

__all__ = ["COMMANDS", "gofar"]

COMMANDS: tuple[click.Command, ...] = (
    demo,
    serve,
    import_,
    bootstrap,
    imports,
    undo_import,
    template,
    match,
    train,
    coalition,
    backtest,
    round_,
    introduce,
    route,
    explain_,
    gaps,
    structure_,
    if_closed_,
    what_if_,
    not_with,
    introduced,
    introductions,
    board,
    goal,
    sign,
    measure,
    measured,
    contact,
    agreed,
    fresh,
    confirm,
    reject,
    words,
    duplicates,
    merge_,
    unmerge_,
    split_,
    not_same,
    diff,
    export_,
    reports_,
    worker,
    signals,
    status,
)


@click.group()
@click.version_option(__version__, prog_name="gofar")
def gofar() -> None:
    """Find partners, see why they fit, and see what is missing in a network of organisations."""


for _command in COMMANDS:
    gofar.add_command(_command)
