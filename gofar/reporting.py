"""Wiring of reports: who works them out, who draws them, and who carries them away."""

from __future__ import annotations

from datetime import UTC, datetime

from gofar.settings import Settings
from graph.contract import GraphStore
from graph.errors import ConfigurationError
from reports.delivery import FolderPostman, Postman, Security, SMTPPostman
from reports.office import Office
from reports.ports import Maker

__all__ = ["mail_goes_to", "maker", "office_of", "postman_of"]


def maker() -> Maker:
    """Return what makes and draws reports."""
    # Drawing and the engine are heavy, and most commands make no report.
    from reports.build import build_report  # noqa: PLC0415
    from reports.render.maker import maker_of  # noqa: PLC0415

    return maker_of(build_report)


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
