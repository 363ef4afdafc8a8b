"""Wiring of reports: who works them out, who draws them, and who carries them away."""

# ruff: noqa: PLC0415 - the forms are heavy, and most commands draw nothing.

from __future__ import annotations

from datetime import UTC, date, datetime

from gofar.settings import Settings
from graph.contract import GraphStore
from graph.errors import ConfigurationError
from graph.snapshot import Snapshot
from reports.delivery import FolderPostman, Postman, Security, SMTPPostman
from reports.office import Office
from reports.ports import Maker, Words
from reports.report import Report
from reports.report import Settings as ReportSettings

__all__ = ["mail_goes_to", "maker", "office_of", "postman_of"]


def maker() -> Maker:
    """Return what makes and draws reports; each part is loaded when it is first asked for."""
    return Maker(
        build=_build,
        to_json=_to_json,
        from_json=_from_json,
        blocks=_blocks,
        check_words=_check_words,
        to_html=_to_html,
        to_pdf=_to_pdf,
        to_xlsx=_to_xlsx,
        to_page=_to_page,
        to_file=_to_file,
        style=_style,
    )


def _build(
    snapshot: Snapshot,
    settings: ReportSettings,
    previous: Snapshot | None = None,
    *,
    as_of: date | None = None,
    previous_as_of: date | None = None,
    barred: frozenset[tuple[str, str]] = frozenset(),
) -> Report:
    from reports.build import build_report

    return build_report(
        snapshot,
        settings,
        previous,
        as_of=as_of,
        previous_as_of=previous_as_of,
        barred=barred,
    )


def _to_json(report: Report) -> str:
    from reports.content import write_report

    return write_report(report)


def _from_json(text: str) -> Report:
    from reports.content import read_report

    return read_report(text)


def _blocks(report: Report) -> Words:
    from reports.words import blocks

    return blocks(report)


def _check_words(report: Report, words: Words) -> Words:
    from reports.words import check_words

    return dict(check_words(report, words).texts)


def _worded(report: Report, words: Words) -> Report:
    from reports.words import apply_words, check_words

    return apply_words(report, check_words(report, words))


def _to_html(report: Report, words: Words) -> str:
    from reports.render.as_html import render_fragment

    return render_fragment(_worded(report, words))


def _to_page(report: Report, words: Words) -> bytes:
    from reports.render.as_html import render_document

    return render_document(_worded(report, words)).encode("utf-8", "replace")


def _style() -> str:
    from reports.render.as_html import report_style

    return report_style()


def _to_pdf(report: Report, words: Words) -> bytes:
    from reports.render.as_pdf import render_pdf

    return render_pdf(_worded(report, words))


def _to_xlsx(report: Report, words: Words) -> bytes:
    from reports.render.as_xlsx import render_xlsx

    return render_xlsx(_worded(report, words))


def _to_file(report: Report, words: Words) -> bytes:
    return _to_json(_worded(report, words)).encode("utf-8", "surrogatepass")


def postman_of(settings: Settings) -> Postman:
    """Return who carries e-mails away: the mail server that is set, else a folder.

    Raises ConfigurationError where a mail server is set without the address that mails come from.
    """
    if not settings.smtp_host:
        return FolderPostman(settings.mail_folder, settings.smtp_from or "gofar@localhost")
    if not settings.smtp_from:
        raise ConfigurationError(
            "GOFAR_SMTP_FROM",
            "",
            "is missing, and GOFAR_SMTP_HOST is set",
            remedy="Set it to the address that e-mails come from.",
        )
    password = settings.smtp_password.get_secret_value()
    if settings.smtp_user and settings.smtp_security is Security.NONE:
        raise ConfigurationError(
            "GOFAR_SMTP_SECURITY",
            "none",
            "would send the password for everybody on the way to read",
            remedy="Use starttls or tls, or leave GOFAR_SMTP_USER out.",
        )
    return SMTPPostman(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_from,
        settings.smtp_user,
        password,
        settings.smtp_security,
    )


def mail_goes_to(settings: Settings) -> str:
    """Return where e-mails go, as a sentence for coordinators."""
    if settings.smtp_host:
        return f"E-mails go through {settings.smtp_host}."
    return (
        f"No mail server is set, so e-mails are written into the folder {settings.mail_folder}. "
        "Nobody gets them."
    )


def office_of(store: GraphStore, settings: Settings) -> Office:
    """Return what makes due reports and sends waiting e-mails; raises ConfigurationError."""
    return Office(
        store=store,
        maker=maker(),
        postman=postman_of(settings),
        clock=lambda: datetime.now(UTC),
        base_url=settings.base_url,
    )
