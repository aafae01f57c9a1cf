"""`becoming mail` as it is typed, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from becoming.cli import app
from becoming.config import settings
from becoming.memory import Memory
from becoming.store import Store, folder_of
from becoming.tools.approval import Approvals, Proposal
from tests.store.computers import DesktopKeyring, keyring_is
from tests.tools.mail.dovecot import ADDRESS, PASSWORD, Dovecot, free_port
from tests.tools.mail.provider import CLIENT, SCOPE
from tests.tools.mail.writing import ANNA

PASSPHRASE = "a few quiet words"


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopKeyring]:
    """A home in which something was said, on a computer with a keyring."""
    monkeypatch.setenv("BECOMING_HOME", str(tmp_path))
    monkeypatch.setenv("BECOMING_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.delenv("BECOMING_PERSON", raising=False)
    settings.cache_clear()
    store = Store.open(folder_of(tmp_path, "first"), PASSPHRASE)
    Memory(store).record("person", "Hello.", at=1_700_000_000.0)
    store.close()
    desktop = DesktopKeyring()
    with keyring_is(desktop):
        yield desktop
    settings.cache_clear()


def becoming(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["mail", *arguments], input=typed)


def added(dovecot: Dovecot, password: str = PASSWORD, out: int = 0) -> Result:
    where = ["--host", "127.0.0.1", "--port", str(dovecot.port), "--security", "none"]
    where += ["--out-host", "127.0.0.1", "--out-port", str(out or free_port())]
    return becoming("add", ADDRESS, *where, typed=f"{password}\n")


def test_an_account_is_added_after_it_was_tried_listed_and_removed(desktop, dovecot):
    dovecot.deliver(ANNA)
    shown = added(dovecot)
    assert shown.exit_code == 0, shown.output
    assert (
        "It works: 1 unread of the last month. The password is kept in this computer's keyring."
        in shown.output
    )
    assert PASSWORD not in shown.output
    assert f"{ADDRESS}  127.0.0.1, port {dovecot.port}, none" in becoming("list").output
    assert list(desktop.kept.values()) == [PASSWORD]
    assert "Removed" in becoming("remove", ADDRESS).output
    assert desktop.kept == {}
    assert "There is none. Add one: becoming mail add" in becoming("list").output


def test_sending_is_tried_too_and_an_account_that_cannot_is_still_read_from(desktop, dovecot, smtp):
    assert "nothing can be sent" not in added(dovecot, out=smtp.port).output
    assert (
        "But from it nothing can be sent: The mail server 127.0.0.1 doesn't answer." in added(dovecot).output
    )
    assert smtp.post.taken == []


def test_where_no_password_signs_in_one_signs_in_on_a_page_of_the_provider(desktop, dovecot, smtp, provider):
    dovecot.deliver(ANNA)
    where = ["--host", "127.0.0.1", "--port", str(dovecot.port), "--security", "none"]
    where += ["--out-host", "127.0.0.1", "--out-port", str(smtp.port)]
    where += ["--issuer", provider.issuer, "--client", CLIENT, "--scope", SCOPE]
    provider.known.answers = ["authorization_pending", "authorized"]
    shown = becoming("add", ADDRESS, *where)
    assert shown.exit_code == 0, shown.output
    assert f"On any device, open {provider.issuer}/device and enter the code WDJB-MJHT" in shown.output
    kept = "What signs me in is kept in this computer's keyring."
    assert shown.output.endswith(f"It works: 1 unread of the last month. {kept}\n")
    assert set(desktop.kept.values()) == provider.known.refresh
    refused = becoming("add", "anna@outlook.com")
    assert refused.exit_code == 1
    assert "register one there" in refused.output
    unknown = becoming("add", ADDRESS, "--host", "127.0.0.1", "--client", CLIENT)
    assert unknown.exit_code == 1
    assert "give --issuer and --scope" in unknown.output  # and no password is asked for


def test_what_she_did_is_listed_with_the_exact_words(desktop, tmp_path):
    store = Store.open(folder_of(tmp_path, "first"), PASSPHRASE)
    notes = Memory(store)
    approvals = Approvals(notes.get, notes.put, lambda: 1_700_000_000.0)
    approvals.ask(
        Proposal("send a mail", "Anna [b]Weber", "See you at eight.", "Shall I?", "Yes.", lambda: "")
    )
    approvals.yes()
    approvals.close()
    store.close()
    shown = CliRunner().invoke(app, ["deeds"]).output
    assert "14 November 2023, send a mail, Anna [b]Weber: done (a yes)" in shown
    assert "See you at eight." in shown


def test_a_wrong_password_adds_nothing(desktop, dovecot):
    shown = added(dovecot, "wrong")
    assert shown.exit_code == 1
    assert "app password" in shown.output
    assert "There is none" in becoming("list").output


def test_a_server_that_is_not_there_adds_nothing(desktop):
    shown = becoming(
        "add", ADDRESS, "--host", "127.0.0.1", "--port", str(free_port()), "--security", "none", typed="x\n"
    )
    assert shown.exit_code == 1
    assert "doesn't answer" in shown.output


def test_an_account_that_is_not_there_cannot_be_removed(desktop):
    shown = becoming("remove", "nobody@example.org")
    assert shown.exit_code == 1
    assert "becoming mail list" in shown.output


def test_an_export_holds_no_account_and_no_password(desktop, dovecot, tmp_path):
    added(dovecot)
    shown = CliRunner().invoke(app, ["export", str(tmp_path / "out")])
    assert shown.exit_code == 0
    written = b"".join(each.read_bytes() for each in (tmp_path / "out").rglob("*") if each.is_file())
    assert ADDRESS.encode() not in written
    assert PASSWORD.encode() not in written
