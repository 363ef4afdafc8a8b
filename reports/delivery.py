"""Handing letters over: to a mail server, or into a folder where there is none."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from graph.errors import InputError
from graph.model import Message
from reports.addresses import checked_address
from reports.errors import DeliveryError

__all__ = ["FolderPostman", "Letter", "Postman", "SMTPPostman", "Security", "composed"]

_TIMEOUT_S = 30
_PERMANENT = range(500, 600)


class Security(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with the day of its sending, the PDF that goes along and a link, if any."""

    message: Message
    at: datetime
    pdf: bytes | None = None
    link: str = ""


class Postman(Protocol):
    """Sends one letter to one person."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; raises DeliveryError."""


def composed(letter: Letter, sender: str) -> EmailMessage:
    """Return a letter as an e-mail; the same message has the same Message-ID each time.

    Raises DeliveryError where the recipient is no single address, and ValueError for a line break
    in what becomes a header.
    """
    message = letter.message
    try:
        recipient = checked_address(message.recipient)
    except InputError as error:
        raise DeliveryError(error.message, is_permanent=True) from error
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    # So that nobody's holiday reply comes back.
    mail["Auto-Submitted"] = "auto-generated"
    link = f"\nRead it here: {letter.link}\n" if letter.link else ""
    mail.set_content(f"{message.body}{link}")
    if letter.pdf is not None:
        mail.add_attachment(
            letter.pdf, maintype="application", subtype="pdf", filename=f"{message.report_id}.pdf"
        )
    return mail


@dataclass(frozen=True, slots=True)
class FolderPostman:
    """Writes each letter as a file that any mail program opens: no server is set up."""

    folder: Path
    sender: str = "gofar@localhost"

    def send(self, letter: Letter) -> None:
        content = composed(letter, self.sender).as_bytes()
        path = self.folder / f"{letter.message.id}.eml"
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(unfinished, "wb", opener=_private) as file:
                file.write(content)
            unfinished.replace(path)
        except OSError as error:
            raise DeliveryError(
                f"{path}: can't be written ({error.strerror}).",
                is_permanent=False,
                remedy="Set GOFAR_MAIL_FOLDER to a folder that you may write to.",
            ) from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@dataclass(frozen=True, slots=True)
class SMTPPostman:
    """Hands each letter to a mail server, in a connection of its own."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.STARTTLS
    context: ssl.SSLContext | None = field(default=None, repr=False)

    def send(self, letter: Letter) -> None:
        mail = composed(letter, self.sender)
        recipient = letter.message.recipient
        try:
            with self._connected() as server:
                # The envelope is said outright: nothing in a header adds a recipient.
                server.send_message(mail, self.sender, [recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[recipient]
            raise _refused(f"The mail server doesn't take {recipient}", code, said) from error
        except smtplib.SMTPDataError as error:
            what, code = "The mail server doesn't take the e-mail", error.smtp_code
            raise _refused(what, code, error.smtp_error) from error
        except UnicodeError:
            # Not from it: what lies behind it is the password.
            raise DeliveryError(
                f"{self.host}:{self.port}: takes a user and a password in plain letters only.",
                is_permanent=False,
                remedy="Choose a password without accents and set GOFAR_SMTP_PASSWORD.",
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            # No answer, no TLS, a wrong password, a sender that isn't ours: whoever runs gofar
            # can mend that, and the letter waits for it.
            raise DeliveryError(
                f"{self.host}:{self.port}: {_said(error)}.",
                is_permanent=False,
                remedy="Check the settings that begin with GOFAR_SMTP_.",
            ) from error

    def _connected(self) -> smtplib.SMTP:
        context = self.context or ssl.create_default_context()
        server: smtplib.SMTP
        if self.security is Security.TLS:
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S)
        try:
            if self.security is Security.STARTTLS:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _refused(what: str, code: int, said: bytes | str) -> DeliveryError:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return DeliveryError(f"{what}: {code} {text}", is_permanent=code in _PERMANENT)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {text}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
