"""`becoming calendar` as it is typed, with a real calendar server."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from becoming.cli import app
from tests.test_mail_cli import desktop
from tests.tools.calendar.radicale import PASSWORD, USER, card, event

__all__ = ["desktop"]
TOMORROW = datetime.now() + timedelta(days=1)


def becoming(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["calendar", *arguments], input=typed)


def test_a_calendar_is_added_after_it_was_tried_listed_and_removed(desktop, radicale):
    radicale.put(event("Dentist", TOMORROW), card("Anna Weber"))
    shown = becoming("add", radicale.account.url, typed=f"{USER}\n{PASSWORD}\n")
    assert shown.exit_code == 0, shown.output
    assert (
        "It works; appointments of this year: 1, contacts: 1. The password is kept in this computer's keyring."
        in shown.output
    )
    assert PASSWORD not in shown.output
    assert radicale.account.url in becoming("list").output
    assert list(desktop.kept.values()) == [PASSWORD]
    assert "Removed" in becoming("remove", radicale.account.url).output
    assert desktop.kept == {}
    assert "There is none. Add one: becoming calendar add" in becoming("list").output


def test_with_goodbye_its_password_leaves_the_keyring(desktop, radicale, tmp_path):
    shown = becoming("add", radicale.account.url, typed=f"{USER}\n{PASSWORD}\n")
    assert PASSWORD in desktop.kept.values(), shown.output
    shown = CliRunner().invoke(app, ["goodbye", str(tmp_path / "letter")], input="y\n")
    assert shown.exit_code == 0, shown.output
    assert PASSWORD not in desktop.kept.values()


def test_a_wrong_password_adds_nothing(desktop, radicale):
    shown = becoming("add", radicale.account.url, "--user", USER, typed="wrong\n")
    assert shown.exit_code == 1
    assert "doesn't take the password" in shown.output
    assert "There is none" in becoming("list").output


def test_a_file_is_added_without_a_password_and_what_is_broken_in_it_is_counted(desktop, tmp_path):
    (tmp_path / "home.ics").write_text(event("Dentist", TOMORROW) + event("Odd", "DTSTART:never", uid="o"))
    shown = becoming("add", str(tmp_path / "home.ics"))
    assert shown.exit_code == 0, shown.output
    assert "What could not be read: 1. It is only read." in shown.output
    assert desktop.kept == {}


@pytest.mark.parametrize(
    ("address", "told"), [("nowhere.ics", "There is no file"), ("hello", "Give a mail address")]
)
def test_what_is_no_calendar_adds_nothing(desktop, address, told):
    shown = becoming("add", address)
    assert shown.exit_code == 1
    assert told in shown.output


def test_a_calendar_that_is_not_there_cannot_be_removed(desktop):
    shown = becoming("remove", "nobody@example.org")
    assert shown.exit_code == 1
    assert "becoming calendar list" in shown.output
