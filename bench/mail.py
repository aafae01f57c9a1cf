"""How soon the first word is heard after "Anything new?", in inboxes of 100, 10,000 and 100,000 mails.

    uv run python -m bench.mail [--quick] --json

A real Dovecot on loopback; the mails lie over three years, every fifth unread. From the words heard to the first sound
of her voice, with nothing found before: login, search, the newest headers, what matters, and Hibari's first sentence. Beside
it what a first attempt does, imap-tools' own first example: every unread mail fetched, then counted. That arm
stops at a minute. The two take turns; the median of the rounds is told, after one round that fills the server's index.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from email.message import EmailMessage
from statistics import median

from imap_tools import AND, MailBoxUnencrypted

from becoming.conversation.hands.mail import MailByEar
from becoming.speech.tts import HibariTts
from becoming.tools.mail import Accounts, Post
from bench.contract import CannotRun, Figures, run
from tests.tools.mail.dovecot import ADDRESS, PASSWORD, Dovecot

GOALS = {"first_word_s_100k": "<= 1.5"}
SIZES = {"100": 100, "10k": 10_000, "100k": 100_000}
ROUNDS, YEARS, UNREAD = 5, 3, 5
AT_MOST_S = 60.0
ASKED = "Anything new?"


def measure(quick: bool) -> Figures:
    """Both arms in each inbox."""
    say = HibariTts()
    say("Two new.")
    sizes = dict(list(SIZES.items())[:1]) if quick else SIZES
    values: dict[str, float] = {}
    try:
        server = Dovecot.start()
    except RuntimeError as error:
        raise CannotRun(str(error)) from None
    try:
        held = 0
        for name, size in sizes.items():
            _fill(server, size - held, size)
            held = size
            _ours(server, say)
            ours, plain = list[float](), list[float]()
            for _ in range(ROUNDS):
                ours.append(_timed(lambda: _ours(server, say)))
                plain.append(_timed(lambda: _plain(server, say)) if sum(plain) < AT_MOST_S else max(plain))
            values[f"first_word_s_{name}"], values[f"plain_first_word_s_{name}"] = median(ours), median(plain)
            values[f"ratio_{name}"] = median(ours) / median(plain)
            print(f"{size} mails: ours {median(ours):.2f} s, plain {median(plain):.2f} s", flush=True)
    finally:
        server.stop()
    return Figures(values, len(sizes) * ROUNDS)


def _ours(server: Dovecot, say: HibariTts) -> None:
    notes: dict[str, object] = {}
    accounts = Accounts(notes.get, notes.__setitem__)
    notes["mail"] = [{"account": _settings(server), "password": PASSWORD}]
    done = MailByEar(Post(accounts, set), time.time).hear("anything new", ASKED)
    if done is None or " new" not in done.lines[0]:
        raise CannotRun(f"she told nothing new: {done}")
    say(done.lines[0])


def _settings(server: Dovecot) -> dict[str, object]:
    return {"address": ADDRESS, "host": "127.0.0.1", "port": server.port, "security": "none", "user": ADDRESS}


def _plain(server: Dovecot, say: HibariTts) -> None:
    until = time.monotonic() + AT_MOST_S
    with MailBoxUnencrypted("127.0.0.1", server.port).login(ADDRESS, PASSWORD) as box:
        subjects = []
        for mail in box.fetch(AND(seen=False), mark_seen=False):
            subjects.append(mail.subject)
            if time.monotonic() > until:
                break
    say(f"You have {len(subjects)} unread mails.")


def _fill(server: Dovecot, count: int, size: int) -> None:
    """So many more mails, evenly over the years, the last ones of today."""
    for number in range(count):
        mail = EmailMessage()
        mail["From"], mail["To"] = f"Person {number % 40} <person{number % 40}@example.org>", ADDRESS
        mail["Subject"], mail["Message-ID"] = f"About matter {number}", f"<{size}.{number}@example.org>"
        if number % 3 == 0:
            mail["List-Unsubscribe"] = "<mailto:off@example.org>"
        mail.set_content(
            f"Dear reader,\n\nthis is letter number {number}.\n" + "It goes on for a while.\n" * 20
        )
        age_s = (count - 1 - number) / count * YEARS * 365 * 86_400.0
        server.deliver(mail.as_bytes(), age_s=age_s, seen=number % UNREAD != 0)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    run("mail", measure, GOALS)
