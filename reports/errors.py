"""What can go wrong with reports, with the words written for them, and with sending them."""

from __future__ import annotations

from graph.errors import Conflict, GofarError, InputError, quoted

__all__ = [
    "DeliveryError",
    "InvalidReport",
    "InvalidWords",
    "ReportChanged",
    "UnknownReport",
    "UnknownSchedule",
]


class InvalidReport(InputError):
    """What was given is no report, or a report whose parts don't fit together."""

    def __init__(self, where: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"Report{f', {where}' if where else ''}: {why}.", remedy=remedy)
        self.where = where
        self.why = why


class InvalidWords(InputError):
    """Words for a report can't be used; ``block`` names the part that they were written for."""

    def __init__(self, block: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"Words for {quoted(block)}: {why}.", remedy=remedy)
        self.block = block
        self.why = why


class UnknownReport(InputError):
    """No report has this id, or none that this reader may see."""

    def __init__(self, report_id: str) -> None:
        super().__init__(
            f"There is no report {quoted(report_id)}.",
            remedy="Look it up in the list of reports: gofar reports list.",
        )


class UnknownSchedule(InputError):
    """No schedule has this id."""

    def __init__(self, schedule_id: str) -> None:
        super().__init__(
            f"There is no schedule {quoted(schedule_id)}.",
            remedy="Look it up in the list of schedules: gofar reports schedule list.",
        )


class ReportChanged(Conflict):
    """A report is no longer as it was seen, or its state allows no such step."""

    def __init__(self, report_id: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"Report {quoted(report_id)}: {why}.", remedy=remedy)
        self.report_id = report_id


class DeliveryError(GofarError):
    """An e-mail could not be handed over; ``is_permanent``: trying again would be no use."""

    def __init__(self, message: str, *, is_permanent: bool, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.is_permanent = is_permanent
