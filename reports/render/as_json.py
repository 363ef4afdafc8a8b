"""A report as JSON: its canonical form, with its hash, to be read by other programs."""

from __future__ import annotations

import json

from reports.content import check_report, content_hash, write_report
from reports.report import Report

__all__ = ["render_json"]


def render_json(report: Report) -> str:
    """Return the report as JSON in ASCII, ended by a line break; raises InvalidReport.

    :func:`reports.content.read_report` reads it back; ``content_hash`` is beside the report.
    """
    check_report(report)
    found = json.loads(write_report(report))
    made = {"content_hash": content_hash(report), **found}
    return json.dumps(made, sort_keys=True, separators=(",", ":"), allow_nan=False) + "\n"
