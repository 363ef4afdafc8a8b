"""Letters that wait: each reaches its reader once, or the coordinators hear of it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import Message, MessageState, StoredReport
from graph.testing.samples import a_message, a_schedule, write
from mail_server import MailServer, text_of
from reporting_world import MAKER, Clock, a_maker
from reports.delivery import Letter, Security, SMTPPostman
from reports.errors import DeliveryError
from reports.outbox import MOST_ATTEMPTS, Sent, messages, retry, send_waiting
from reports.running import run_due

READERS = ("a@example.org", "b@example.org", "c@example.org")


def postman(server: MailServer) -> SMTPPostman:
    return SMTPPostman("127.0.0.1", server.port, "gofar@example.org", security=Security.NONE)


def the_message(store: GraphStore, message_id: str = "message-1") -> Message:
    found = store.record(Message, message_id)
    assert found is not None
    return found


class Postbox:
    """A postman that does what it is told: a list of errors to raise, then nothing."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.letters.append(letter)


def delayed(times: int = 1) -> list[Exception]:
    return [DeliveryError("451 later.", is_permanent=False) for _ in range(times)]


@pytest.fixture
def report(store: GraphStore, clock: Clock) -> StoredReport:
    write(store, a_schedule(publishes=True, recipients=READERS, coordinators=("boss@example.org",)))
    (run,) = run_due(store, MAKER, clock)
    assert run.report is not None
    return run.report


def test_each_reader_gets_one_letter_with_the_public_version(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    server = MailServer()
    with server.running():
        for _ in range(3):
            send_waiting(
                store, MAKER, postman(server), clock, base_url="https://gofar.example.org/"
            )
            clock.forward(hours=1)
    assert sorted(recipient for recipient, _ in server.letters) == list(READERS)
    for recipient, mail in server.letters:
        assert mail["To"] == recipient  # and nobody else's address
        (pdf,) = mail.iter_attachments()
        assert pdf.get_content() == b"%PDF 0 {}"  # nothing is public in this network
        assert f"https://gofar.example.org/reports/report?id={report.id}\n" in text_of(mail)
    assert {message.state for message in messages(store)} == {MessageState.SENT}
    assert all(message.sent_at for message in messages(store))


def test_a_letter_that_is_put_off_goes_later(store: GraphStore, clock: Clock) -> None:
    write(store, a_message())
    server = MailServer()
    server.answers.append("451 greylisted")
    with server.running():
        assert send_waiting(store, MAKER, postman(server), clock) == Sent(delayed=1)
        assert "451 greylisted" in the_message(store).failure
        assert send_waiting(store, MAKER, postman(server), clock) == Sent()
        clock.forward(minutes=2)
        assert send_waiting(store, MAKER, postman(server), clock) == Sent(sent=1)
    assert len(server.letters) == 1
    assert (the_message(store).attempts, the_message(store).failure) == (2, "")


def test_a_refusal_for_good_is_told_to_the_coordinators(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    server = MailServer()
    server.refused_recipients["b@example.org"] = "550 no such person"
    with server.running():
        sent = send_waiting(store, MAKER, postman(server), clock)
        assert (sent.sent, sent.failed) == (2, 1)
        assert send_waiting(store, MAKER, postman(server), clock).sent == 1
    recipient, notice = server.letters[-1]
    assert recipient == "boss@example.org"
    assert notice["Subject"] == "An e-mail could not be sent to b@example.org"
    assert "550 no such person" in text_of(notice)
    assert list(notice.iter_attachments()) == []
    (failed,) = (each for each in messages(store) if each.state is MessageState.FAILED)
    assert messages(store)[0] == failed


def test_a_notice_that_fails_is_told_to_nobody(store: GraphStore, clock: Clock) -> None:
    write(store, a_schedule(coordinators=("x@example.org", "y@example.org")))
    write(store, a_message(is_notice=True, schedule_id="schedule-1", recipient="x@example.org"))
    gone = DeliveryError("550 gone.", is_permanent=True)
    assert send_waiting(store, MAKER, Postbox(gone), clock) == Sent(failed=1)
    assert len(messages(store)) == 1


def test_after_some_days_it_gives_up(store: GraphStore, clock: Clock) -> None:
    write(store, a_schedule(coordinators=("boss@example.org",)))
    write(store, a_message(schedule_id="schedule-1"))
    box, tries, begun = Postbox(*delayed(MOST_ATTEMPTS)), [], clock()
    while the_message(store).state is MessageState.WAITING:
        sent = send_waiting(store, MAKER, box, clock)
        if sent != Sent():
            tries.append(clock())
        clock.forward(minutes=1)
    assert len(tries) == MOST_ATTEMPTS
    assert [(later - begun) // timedelta(minutes=1) for later in tries[:4]] == [0, 2, 6, 14]
    assert timedelta(days=2) < tries[-1] - begun < timedelta(days=3)
    assert [each.recipient for each in messages(store)] == ["board@example.org", "boss@example.org"]


def test_a_form_that_fails_does_not_keep_other_letters(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    def stumble(*args: object) -> bytes:
        raise ZeroDivisionError("in the PDF")

    write(store, a_message("other"))
    box = Postbox()
    sent = send_waiting(store, a_maker(to_pdf_with=stumble), box, clock)
    assert (sent.sent, sent.delayed) == (1, 3)
    assert [letter.message.id for letter in box.letters] == ["other"]
    assert all("ZeroDivisionError" in each.failure for each in messages(store) if each.report_id)


def test_a_letter_whose_sender_died_goes_again_with_the_same_id(
    store: GraphStore, clock: Clock
) -> None:
    write(store, a_message())

    class Dying(Postbox):
        def send(self, letter: Letter) -> None:
            super().send(letter)
            raise KeyboardInterrupt  # after it is sent, before that is noted

    dying, living = Dying(), Postbox()
    with pytest.raises(KeyboardInterrupt):
        send_waiting(store, MAKER, dying, clock)
    clock.forward(minutes=14)
    assert send_waiting(store, MAKER, living, clock) == Sent()
    clock.forward(minutes=1)
    assert send_waiting(store, MAKER, living, clock) == Sent(sent=1)
    assert [each.message.id for each in (*dying.letters, *living.letters)] == ["message-1"] * 2


def test_two_workers_send_nobody_two(store: GraphStore, clock: Clock) -> None:
    write(store, *(a_message(f"m-{n}", recipient=f"r{n}@example.org") for n in range(12)))
    server = MailServer()
    counts: list[Sent] = []
    gate = threading.Barrier(3)

    def work() -> None:
        gate.wait()
        counts.append(send_waiting(store, MAKER, postman(server), clock))

    with server.running():
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(each.sent for each in counts) == 12
    assert sorted(to for to, _ in server.letters) == sorted(f"r{n}@example.org" for n in range(12))


def test_letters_can_be_sent_again_by_hand(store: GraphStore, clock: Clock) -> None:
    write(store, a_message("put-off"), a_message("failed"), a_message("sent"))
    errors = [*delayed(), DeliveryError("550 gone.", is_permanent=True)]
    # In order of id: failed, put-off, sent.
    send_waiting(store, MAKER, Postbox(*reversed(errors)), clock)
    states = {message.id: message.state for message in messages(store)}
    assert states == {"failed": "failed", "put-off": "waiting", "sent": "sent"}
    again = retry(store, None, actor="ada", now=clock())
    assert sorted(message.id for message in again) == ["failed", "put-off"]
    assert send_waiting(store, MAKER, Postbox(), clock) == Sent(sent=2)
    assert retry(store, ["sent"], actor="ada", now=clock()) == []
    with pytest.raises(InputError, match="no e-mail"):
        retry(store, ["<nothing>"], actor="ada", now=clock())


def test_a_letter_in_the_hands_of_a_worker_is_left_there(store: GraphStore, clock: Clock) -> None:
    write(store, a_message())

    class Busy(Postbox):
        def send(self, letter: Letter) -> None:
            assert retry(store, None, actor="ada", now=clock()) == []
            super().send(letter)

    assert send_waiting(store, MAKER, Busy(), clock) == Sent(sent=1)
