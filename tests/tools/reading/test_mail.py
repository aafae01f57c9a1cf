from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.tools.reading.making import read_bytes


def message(text: str, *, html: bool = False, subject: str = "The sea") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Änna Berg <anna@example.org>"
    mail["Date"] = "Fri, 03 May 2024 10:00:00 +0200"
    mail["Subject"] = subject
    mail.set_content(text, subtype="html" if html else "plain")
    return mail


def test_a_letter_has_its_day_its_sender_and_only_their_words(tmp_path):
    body = "Come soon.\n\nOn Thu, 2 May 2024 Theo wrote:\n> Shall I?\n> Or not?\n\n-- \nAnna Berg\nBerlin"
    [excerpt] = read_bytes(tmp_path, "a.eml", bytes(message(body))).excerpts
    assert excerpt.place == "3 May 2024, Änna Berg"
    assert excerpt.text == "The sea\n\nCome soon."


def test_a_mailbox_is_read_letter_by_letter(tmp_path):
    letters = [message("First."), message("From here\nwe go on. \n\nFromage", subject="Hm")]
    data = b"".join(b"From a@b Fri May 3 10:00:00 2024\n" + bytes(one) + b"\n\n" for one in letters)
    document = read_bytes(tmp_path, "Inbox", data)
    assert document.form == "mbox"
    assert [excerpt.text.split("\n")[0] for excerpt in document.excerpts] == ["The sea", "Hm"]


def test_a_page_sent_as_mail_is_read_as_words_and_attachments_are_left_out(tmp_path):
    mail = message("<style>p{}</style><p>Bonne journée</p>", html=True)
    mail.add_attachment("a secret list", filename="list.txt")
    [excerpt] = read_bytes(tmp_path, "a.eml", bytes(mail)).excerpts
    assert excerpt.text == "The sea\n\nBonne journée"


@pytest.mark.parametrize(
    "header",
    [
        b"Date: never",
        b"Date: Fri, 99 Xxx 20240 10:00:00",
        b"From: =?utf-8?q?broken",
        b"From: =?nocharset?b?//8=?= <x@y>",
        b"Content-Type: text/plain; charset=no-such",
        b"Content-Transfer-Encoding: base64",
        b"Content-Type: multipart/mixed; boundary=x",
        b"Subject: \xff\xfe raw bytes",
    ],
)
def test_broken_headers_do_not_stop_her(tmp_path, header):
    data = header + b"\nX: y\nSubject: Hello\n\nThe words of it, all of them\n"
    mailbox = (
        b"From a Fri May 3 10:00:00 2024\n"
        + data
        + b"\n\nFrom b Fri May 3 10:00:00 2024\n"
        + bytes(message("Second."))
    )
    texts = [excerpt.text for excerpt in read_bytes(tmp_path, "m.mbox", mailbox).excerpts]
    assert texts[-1] == "The sea\n\nSecond."
