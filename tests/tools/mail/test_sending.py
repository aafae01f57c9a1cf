"""A mail goes out by a real server, once; what cannot be known is said; what does not go is kept as a draft."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from becoming.tools.approval import LAPSES_S, UNDO_S
from becoming.tools.mail import Account, Accounts, Mail, MailError, Outbox, filing, unread
from becoming.tools.mail.outbox import LATE_S, NOTE
from becoming.tools.mail.sending import Unknown, composed, send, usable
from tests.store.computers import DesktopKeyring, keyring_is
from tests.tools.mail.dovecot import ADDRESS, PASSWORD, free_port
from tests.tools.mail.smtp import Smtp
from tests.tools.mail.writing import ANNA, SHOP, mail, words

LETTER = Mail(
    "<1.2@localhost>", ADDRESS, "Zoë Weber", "anna@example.org", "Re: Saturday?", "Hi Zoë,\n\nsee you at eight. Schön!\n\nJonas", "Jonas",
    "<first@example.org>", "<zero@example.org>",
)  # fmt: skip


@pytest.fixture(autouse=True)
def desktop() -> Iterator[None]:
    with keyring_is(DesktopKeyring()):
        yield


class Out:
    """An outbox on a note book, with a clock that is turned by hand."""

    def __init__(self, account: Account, notes: dict[str, object] | None = None) -> None:
        self.notes: dict[str, object] = {} if notes is None else notes
        self.now, self.told = time.time(), list[str]()
        accounts = Accounts(self.notes.get, self.notes.__setitem__)
        if notes is None:
            accounts.add(account, PASSWORD)
        self.box = Outbox(accounts, self.notes.get, self.notes.__setitem__, lambda: self.now, self._tell)

    def _tell(self, said: str, mail: Mail) -> None:
        self.told.append(said)

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.box.work()

    def states(self) -> list[str]:
        return [row.state for row in self.box.rows()]


@pytest.fixture
def out(dovecot, smtp) -> Out:
    return Out(smtp.of(dovecot.account))


# ── over SMTP ───────────────────────────────────────────────────────────────────────────────


def test_what_arrives_is_what_was_written_and_it_belongs_to_the_mail_it_answers(dovecot, smtp):
    send(smtp.of(dovecot.account), PASSWORD, LETTER, composed(LETTER, time.time()))
    [it] = dovecot.mails(address="anna@example.org")
    assert words(it) == LETTER.text
    assert str(it["From"]) == f"Jonas <{ADDRESS}>"
    assert str(it["To"]) == "Zoë Weber <anna@example.org>"
    assert (it["Subject"], it["Message-ID"]) == ("Re: Saturday?", "<1.2@localhost>")
    assert (it["In-Reply-To"], it["References"]) == (
        "<first@example.org>",
        "<zero@example.org> <first@example.org>",
    )
    assert abs(it["Date"].datetime.timestamp() - time.time()) < 60


def test_after_starttls_the_server_must_prove_who_it_is(dovecot, monkeypatch):
    server = Smtp(dovecot, starttls=True)
    try:
        account, data = server.of(dovecot.account, "starttls"), composed(LETTER, time.time())
        with pytest.raises(MailError, match="can't prove to be your mail server"):
            send(account, PASSWORD, LETTER, data)
        monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.folder / "cert.pem"))
        send(account, PASSWORD, LETTER, data)
    finally:
        server.stop()
    assert len(server.post.taken) == 1


def test_a_server_without_starttls_gets_no_password(dovecot, smtp):
    with pytest.raises(MailError, match="takes no mail in secret"):
        send(smtp.of(dovecot.account, "starttls"), PASSWORD, LETTER, composed(LETTER, time.time()))
    with pytest.raises(MailError, match="this computer only"):
        send(replace(smtp.of(dovecot.account), out="smtp.example.org"), PASSWORD, LETTER, b"")


def test_a_wrong_password_and_an_unknown_address_are_said_as_that(dovecot, smtp):
    account, data = smtp.of(dovecot.account), composed(LETTER, time.time())
    with pytest.raises(MailError, match="doesn't take the password of jonas@localhost for sending"):
        send(account, "wrong", LETTER, data)
    with pytest.raises(MailError, match=r"for nobody@example\.org\. It says: No such user here"):
        send(account, PASSWORD, replace(LETTER, address="nobody@example.org"), data)
    with pytest.raises(MailError, match="doesn't answer"):
        send(replace(account, out_port=free_port()), PASSWORD, LETTER, data)
    assert smtp.post.taken == []


def test_a_line_that_breaks_at_the_end_leaves_unknown_whether_it_went(dovecot, smtp):
    smtp.post.dies = True
    with pytest.raises(Unknown):
        send(smtp.of(dovecot.account), PASSWORD, LETTER, composed(LETTER, time.time()))


@pytest.mark.parametrize("evil", ["x\r\nBcc: eve@evil.example", "x\nBcc: eve@evil.example"])
def test_no_line_of_somebody_else_becomes_a_header(evil):
    written = composed(replace(LETTER, subject=evil, name=evil, sender=evil), 0).decode()
    assert not any(line.lower().startswith("bcc") for line in written.splitlines())


@pytest.mark.parametrize(
    "address", ["a b@c.de", "a@b@c", "<a@b>", "a@b,c@d", "", "zoë@example.org", "a@b\r\nX: y"]
)
def test_what_is_no_address_is_none(address):
    assert not usable(address)
    with pytest.raises(MailError, match="no address"):
        composed(replace(LETTER, address=address), 0)


# ── the outbox ──────────────────────────────────────────────────────────────────────────────


def test_after_a_yes_it_waits_a_minute_then_goes_once_and_a_copy_is_kept(out, dovecot, smtp):
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.later(UNDO_S - 1)
    assert smtp.post.taken == []
    out.later(2)
    out.later(600)
    assert len(smtp.post.taken) == 1
    assert [it["Message-ID"] for it in dovecot.mails("Sent Items")] == [LETTER.id]
    assert (out.states(), out.told) == ([], [])


def test_taken_back_within_the_minute_it_is_a_draft_and_never_goes(out, dovecot, smtp):
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.box.shelve(LETTER.id)
    out.later(600)
    assert smtp.post.taken == []
    assert [words(it) for it in dovecot.mails("Drafts")] == [LETTER.text]
    with pytest.raises(MailError, match="gone out already"):
        out.box.shelve(LETTER.id)


def test_with_no_yes_it_becomes_a_draft_and_she_says_so(out, dovecot, smtp):
    out.box.hold(LETTER)
    out.later(LAPSES_S + 1)
    out.later(1)
    assert smtp.post.taken == []
    assert len(dovecot.mails("Drafts")) == 1
    assert out.told == ["The mail to Zoë Weber isn't sent. There was no yes. I keep it as a draft."]


def test_what_the_server_refuses_is_told_and_lies_among_the_drafts(out, dovecot, smtp):
    smtp.post.refuses = "DATA 554 5.7.1 Message looks like spam"
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.later(UNDO_S + 1)
    out.later(1)
    assert len(dovecot.mails("Drafts")) == 1
    assert dovecot.mails("Sent Items") == []
    [told] = out.told
    assert "isn't sent" in told
    assert "looks like spam" in told


def test_with_the_server_away_it_is_kept_here_until_it_can_be_a_draft(dovecot, smtp):
    right = smtp.of(dovecot.account)
    out = Out(replace(right, port=free_port(), out_port=free_port()))
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.later(UNDO_S + 1)
    out.later(1)
    assert out.states() == ["draft"]
    assert len(out.told) == 1
    out.box.accounts.add(right, PASSWORD)
    out.later(600)
    assert out.states() == []
    assert len(dovecot.mails("Drafts")) == 1


def test_where_nobody_can_know_whether_it_went_it_is_not_sent_again_and_that_is_said(out, dovecot, smtp):
    smtp.post.dies = True
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.later(UNDO_S + 1)
    smtp.post.dies = False
    out.later(1)
    out.later(9_000)
    assert len(smtp.post.taken) == 1
    assert len(dovecot.mails("Drafts")) == 1
    [told] = out.told
    assert told.startswith("I can't tell whether the mail to Zoë Weber went out")


def test_where_the_provider_keeps_a_copy_that_tells_that_it_went(out, dovecot, smtp):
    smtp.post.dies = True
    filing.put(
        out.box.accounts.all()[0], PASSWORD, "Sent", composed(LETTER, 0), LETTER.id
    )  # as some providers do
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.later(UNDO_S + 1)
    assert (out.told, out.states()) == ([], [])
    assert len(dovecot.mails("Sent Items")) == 1


def test_what_was_allowed_long_before_a_start_is_not_sent_without_a_word(out, dovecot, smtp):
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    again = Out(smtp.of(dovecot.account), out.notes)
    again.now += UNDO_S + LATE_S + 1
    again.box.take_up()
    again.later(1)
    assert smtp.post.taken == []
    assert again.told == [
        "The mail to Zoë Weber isn't sent. I was closed before it could go. I keep it as a draft."
    ]
    assert len(dovecot.mails("Drafts")) == 1


def test_who_closes_her_within_the_minute_has_it_sent_and_what_was_not_allowed_is_a_draft(out, dovecot, smtp):
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.box.hold(replace(LETTER, id="<other@localhost>"))
    out.box.work(closing=True)
    assert len(smtp.post.taken) == 1
    assert [it["Message-ID"] for it in dovecot.mails("Drafts")] == ["<other@localhost>"]
    assert out.states() == []


_PROGRAM = """
    import json, sys, time
    from pathlib import Path
    import keyring
    from becoming.tools.mail import Mail, Outbox, Accounts
    from tests.store.computers import DesktopKeyring
    keyring.set_keyring(DesktopKeyring())
    file = Path(sys.argv[1])
    notes = json.loads(file.read_text())
    def put(key, value):
        notes[key] = value
        file.write_text(json.dumps(notes))
    Outbox(Accounts(notes.get, put), notes.get, put, time.time, lambda said, mail: print(said)).work()
"""


def test_killed_between_handing_it_over_and_hearing_that_it_is_there_it_is_never_sent_twice(
    dovecot, smtp, tmp_path
):
    smtp.post.holds = threading.Event()
    out = Out(smtp.of(dovecot.account))
    out.notes["mail"] = [{"account": asdict(out.box.accounts.all()[0]), "password": PASSWORD}]
    out.now -= UNDO_S + 1
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps(out.notes))
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_PROGRAM), str(notes)], cwd=Path(__file__).parents[3]
    ) as running:
        assert smtp.post.got.wait(30)  # the server has it, and has not said so yet
        os.kill(running.pid, signal.SIGKILL)
    smtp.post.holds.set()
    smtp.post.holds = None
    again = Out(smtp.of(dovecot.account), json.loads(notes.read_text()))
    assert again.states() == ["going"]
    again.box.take_up()
    again.later(1)
    again.later(9_000)
    assert len(smtp.post.taken) == 1
    assert again.told[0].startswith("I can't tell whether the mail to Zoë Weber went out")
    assert len(dovecot.mails("Drafts")) == 1


def test_what_was_forgotten_meanwhile_is_not_sent(out, smtp):
    out.box.hold(LETTER)
    out.box.allow(LETTER.id)
    out.notes[NOTE] = []
    out.later(UNDO_S + 1)
    assert smtp.post.taken == []


# ── the mailbox ─────────────────────────────────────────────────────────────────────────────


def test_a_mail_is_archived_and_brought_back(dovecot):
    dovecot.deliver(mail("Anna <anna@example.org>", "Boat", Message_ID="<boat@example.org>"))
    _, [letter] = unread(dovecot.account, PASSWORD)
    filing.archive(letter, PASSWORD)
    assert dovecot.mails() == []
    assert [it["Subject"] for it in dovecot.mails("Archive")] == ["Boat"]
    filing.bring_back(letter, PASSWORD)
    assert [it["Subject"] for it in dovecot.mails()] == ["Boat"]
    with pytest.raises(MailError, match="isn't in the inbox"):
        filing.archive(letter, PASSWORD)  # it has another number now


def test_a_mail_is_flagged_and_unflagged(dovecot):
    dovecot.deliver(ANNA)
    _, [letter] = unread(dovecot.account, PASSWORD)
    filing.flag(letter, PASSWORD, True)
    assert dovecot.flags() == ["F"]
    assert unread(dovecot.account, PASSWORD)[1][0].flagged
    filing.flag(letter, PASSWORD, False)
    assert dovecot.flags() == [""]


def test_whom_they_wrote_to_and_who_wrote_is_known_by_headers_alone(dovecot):
    dovecot.deliver(ANNA, SHOP, mail("Zoë Weber <zoe@example.org>", "Hi"))
    filing.put(
        dovecot.account,
        PASSWORD,
        "Sent",
        composed(replace(LETTER, name="Tom Berg", address="tom@example.org"), 0),
        "<9@localhost>",
    )
    found = filing.correspondents(dovecot.account, PASSWORD)
    assert found[0] == ("Tom Berg", "tom@example.org", ADDRESS)
    assert ("Zoë Weber", "zoe@example.org", ADDRESS) in found
    assert len(found) == 4
    assert dovecot.flags() == ["", "", ""]


def test_the_same_draft_is_put_there_once(dovecot):
    for _ in range(2):
        filing.put(dovecot.account, PASSWORD, "Drafts", composed(LETTER, 0), LETTER.id)
    assert len(dovecot.mails("Drafts")) == 1
