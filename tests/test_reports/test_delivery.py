"""Letters through a real mail server on loopback, and into a folder."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import traceback
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from graph.testing.samples import a_message
from mail_server import PASSWORD, USER, MailServer, text_of
from needs import require
from reports.delivery import FolderPostman, Letter, Security, SMTPPostman, composed
from reports.errors import DeliveryError

AT = datetime(2026, 4, 1, 7, tzinfo=UTC)
SENDER = "gofar@charity.example.org"
LETTER = Letter(
    a_message(report_id="report-1"),
    AT,
    b"%PDF-1.7 \x00\xff",
    "https://gofar.example.org/reports/report?id=report-1",
)


def postman(server: MailServer, **more: object) -> SMTPPostman:
    plain = {"sender": SENDER, "security": Security.NONE}
    return SMTPPostman("127.0.0.1", server.port, **{**plain, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that nobody else has signed, and its key."""
    require("openssl", shutil.which("openssl"), "install openssl")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    made += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", str(key)]
    made += ["-out", str(certificate), "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def test_a_letter_arrives_whole() -> None:
    server = MailServer()
    with server.running():
        postman(server).send(LETTER)
    ((recipient, mail),) = server.letters
    assert recipient == "board@example.org"
    assert (mail["From"], mail["To"]) == (SENDER, "board@example.org")
    assert mail["Message-ID"] == "<message-1@charity.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == AT
    assert LETTER.link in text_of(mail)
    (pdf,) = mail.iter_attachments()
    assert pdf.get_content() == LETTER.pdf
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "report-1.pdf")


def test_the_way_is_encrypted_and_the_server_must_prove_itself(
    certificate: tuple[Path, Path],
) -> None:
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(*certificate)
    server = MailServer()
    with server.running(theirs, with_login=True):
        told = {"security": Security.STARTTLS, "user": USER, "password": PASSWORD}
        # Nobody whom this machine trusts has signed for the server: no password is told to it.
        with pytest.raises(DeliveryError, match="CERTIFICATE_VERIFY_FAILED") as refused:
            postman(server, **told).send(LETTER)
        assert not refused.value.is_permanent
        assert server.logins == []
        trusting = ssl.create_default_context(cafile=str(certificate[0]))
        postman(server, context=trusting, **told).send(LETTER)
        with pytest.raises(DeliveryError, match="535") as refused:
            postman(server, context=trusting, **{**told, "password": "wrong"}).send(LETTER)
        assert not refused.value.is_permanent
    assert server.was_encrypted == [True]
    assert server.logins[0] == USER


def test_a_server_without_encryption_is_told_nothing() -> None:
    server = MailServer()
    with server.running(), pytest.raises(DeliveryError, match="STARTTLS") as refused:
        postman(server, security=Security.STARTTLS).send(LETTER)
    assert not refused.value.is_permanent
    assert server.letters == []


@pytest.mark.parametrize(
    ("answer", "is_permanent"),
    [("451 come back later", False), ("452 full", False), ("554 spam", True)],
)
def test_what_the_server_says_decides_whether_to_try_again(answer: str, is_permanent: bool) -> None:
    server = MailServer()
    server.answers.append(answer)
    with server.running(), pytest.raises(DeliveryError, match=answer) as refused:
        postman(server).send(LETTER)
    assert refused.value.is_permanent is is_permanent
    server.refused_recipients["board@example.org"] = answer
    with server.running(), pytest.raises(DeliveryError, match="board@example") as refused:
        postman(server).send(LETTER)
    assert refused.value.is_permanent is is_permanent


def test_a_server_that_is_down_is_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = MailServer()
        server.port = free.getsockname()[1]
        with pytest.raises(DeliveryError, match="refused") as refused:
            postman(server).send(LETTER)
    assert not refused.value.is_permanent
    assert "GOFAR_SMTP_" in refused.value.remedy


def test_a_server_that_hangs_up_is_tried_again() -> None:
    server = MailServer()
    server.answers.append("421 closing")
    with server.running(), pytest.raises(DeliveryError) as refused:
        postman(server).send(LETTER)
    assert not refused.value.is_permanent


@pytest.mark.parametrize(
    "recipient",
    ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "Ada <a@example.org>"],
)
def test_nobody_is_added_by_an_address(recipient: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        composed(Letter(a_message(recipient=recipient), AT), SENDER)
    assert refused.value.is_permanent


@pytest.mark.parametrize("subject", ["a\nBcc: b@example.org", "a\r\n\r\nbody"])
def test_no_header_is_added_by_a_subject(subject: str) -> None:
    with pytest.raises(ValueError, match="characters"):
        composed(Letter(a_message(subject=subject), AT), SENDER)


def test_hostile_text_arrives_as_it_is() -> None:
    hostile = "جمعية \u202eevil =HYPERLINK <script> é " + "x" * 400
    server = MailServer()
    with server.running():
        postman(server).send(Letter(a_message(subject=hostile, body=f"{hostile}\n.\n"), AT))
    ((_, mail),) = server.letters
    assert mail["Subject"] == hostile
    assert text_of(mail) == f"{hostile}\n.\n"


def test_an_address_in_another_script_is_reached() -> None:
    server = MailServer()
    with server.running():
        postman(server).send(Letter(a_message(recipient="jörg@exämple.org"), AT))
    assert [recipient for recipient, _ in server.letters] == ["jörg@exämple.org"]


def test_without_a_server_a_letter_is_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "mail" / "out"
    for _ in range(2):
        FolderPostman(folder).send(LETTER)
    (file,) = folder.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "board@example.org"
    assert file.name == "message-1.eml"
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_can_not_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")
    with pytest.raises(DeliveryError, match="can't be written") as refused:
        FolderPostman(tmp_path / "mail").send(LETTER)
    assert not refused.value.is_permanent


def test_a_password_that_can_not_be_told_is_a_fault_of_the_settings(
    certificate: tuple[Path, Path],
) -> None:
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(*certificate)
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    server = MailServer()
    word = "öpen sésame"
    with server.running(theirs, with_login=True), pytest.raises(DeliveryError) as refused:
        postman(
            server, security=Security.STARTTLS, context=trusting, user=USER, password=word
        ).send(LETTER)
    assert "GOFAR_SMTP_PASSWORD" in refused.value.remedy
    assert not refused.value.is_permanent
    assert word not in "".join(traceback.format_exception(refused.value))


def test_a_password_is_not_shown() -> None:
    told = SMTPPostman("mail.example.org", 587, SENDER, password=PASSWORD)
    assert PASSWORD not in repr(told)
