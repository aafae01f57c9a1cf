"""Mails for the tests, written with the standard library as any mail program would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime


def mail(
    sender: str, subject: str, text: str = "Words.", *, html: str = "", minutes_ago: float = 0, **headers: str
) -> bytes:
    it = EmailMessage()
    it["From"], it["To"], it["Subject"] = sender, "jonas@localhost", subject
    it["Date"] = format_datetime(datetime.now(UTC) - timedelta(minutes=minutes_ago))
    for name, value in headers.items():
        it[name.replace("_", "-")] = value
    if text:
        it.set_content(text)
    if html and text:
        it.add_alternative(html, subtype="html")
    elif html:
        it.set_content(html, subtype="html")
    return bytes(it)


def words(it: EmailMessage) -> str:
    """What a mail says, however its lines end."""
    return str(it.get_content()).replace("\r\n", "\n").strip()


ANNA = mail(
    "Anna Weber <anna@example.org>",
    "Re: Saturday?",
    "Hi Jonas,\n\ncan you come on Saturday?\n\nAnna",
    minutes_ago=5,
)
CLINIC = mail(
    "Riverside Clinic <office@clinic.example>",
    "Your appointment on Tuesday",
    "Please come at nine.",
    minutes_ago=9,
)
SHOP = mail(
    "Shop <news@shop.example>", "Offers today!", List_Unsubscribe="<https://shop.example/u>", minutes_ago=1
)
ROBOT = mail("no-reply@bank.example", "Your statement", minutes_ago=2)
