"""A real mail server on loopback that keeps what it gets, and refuses what it is told to."""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

__all__ = ["PASSWORD", "USER", "MailServer", "text_of"]

USER, PASSWORD = "gofar", "opensesame"


class _OnAnyPort(Controller):
    """Port 0 is the system's choice; aiosmtpd would knock at port 0 to see whether it runs."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    """``answers`` are given to the next letters in place of acceptance, one each."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.answers: deque[str] = deque()
        self.refused_recipients: dict[str, str] = {}
        self.was_encrypted: list[bool] = []
        self.logins: list[str] = []
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused_recipients:
            return self.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answers:
            return self.answers.popleft()
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.letters += [(recipient, mail) for recipient in envelope.rcpt_tos]
        self.was_encrypted.append(session.ssl is not None)
        return "250 OK"

    def let_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    @contextmanager
    def running(
        self, context: ssl.SSLContext | None = None, *, with_login: bool = False
    ) -> Iterator[MailServer]:
        """Listen on a free port of this machine, which :attr:`port` names."""
        more = {"authenticator": self.let_in, "auth_required": True} if with_login else {}
        controller = _OnAnyPort(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=context,
            enable_SMTPUTF8=True,
            **more,
        )
        controller.start()
        self.port = controller.port
        try:
            yield self
        finally:
            controller.stop()


def text_of(mail: EmailMessage) -> str:
    """Return what a reader reads."""
    body = mail.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
