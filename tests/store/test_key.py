from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from becoming.events import InputError
from becoming.store import KeyMissing, NeedsPassphrase, Store, WrongPassphrase
from tests.store.computers import DesktopKeyring, contents, keyring_is


def open_and_close(folder: Path, passphrase: str | None = None) -> None:
    Store.open(folder, passphrase).close()


def test_with_a_keyring_nobody_is_asked_anything(desktop, folder):
    open_and_close(folder)
    open_and_close(folder)

    [(account, secret)] = desktop.kept.items()
    assert json.loads((folder / "key.json").read_text()) == {
        "kind": "keyring",
        "service": account[0],
        "account": account[1],
    }
    assert len(bytes.fromhex(secret)) == 32


def test_two_memories_in_one_keyring_have_keys_of_their_own(desktop, folder):
    open_and_close(folder)
    open_and_close(folder.with_name("second"))

    assert len(set(desktop.kept.values())) == 2


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring(), keyring.backends.null.Keyring()])
def test_without_a_keyring_a_new_memory_asks_for_a_passphrase_to_be_chosen(backend, folder):
    with (
        keyring_is(backend),
        pytest.raises(NeedsPassphrase, match=r"(?s)Choose.*BECOMING_PASSPHRASE") as asked,
    ):
        Store.open(folder)

    assert asked.value.new
    assert contents(folder) == {}


def test_a_memory_under_a_passphrase_asks_for_it_every_time(folder):
    open_and_close(folder, "seven quiet herons")

    with pytest.raises(NeedsPassphrase, match="Enter it") as asked:
        Store.open(folder)
    assert not asked.value.new
    open_and_close(folder, "seven quiet herons")


def test_a_passphrase_wins_over_the_keyring(desktop, folder):
    open_and_close(folder, "seven quiet herons")

    assert desktop.kept == {}


def test_a_wrong_passphrase_is_refused_and_nothing_is_overwritten(folder):
    store = Store.open(folder, "seven quiet herons")
    store.backup()
    store.close()
    before = contents(folder)

    with pytest.raises(WrongPassphrase, match="Nothing was changed"):
        Store.open(folder, "seven quiet heron")

    assert contents(folder) == before
    assert "memory.db" in before
    open_and_close(folder, "seven quiet herons")


def test_an_empty_passphrase_is_refused_before_anything_is_made(folder):
    with pytest.raises(InputError, match="Choose one"):
        Store.open(folder, "  ")

    assert contents(folder) == {}


def test_the_same_passphrase_typed_on_another_system_opens_the_memory(folder):
    open_and_close(folder, unicodedata.normalize("NFC", "die größte Möwe"))
    open_and_close(folder, unicodedata.normalize("NFD", "die größte Möwe"))


def test_the_key_file_gives_nothing_away(folder):
    open_and_close(folder, "seven quiet herons")

    header = json.loads((folder / "key.json").read_text())
    assert header["kind"] == "passphrase"
    assert (header["iterations"], header["memory_kib"]) == (3, 65536)
    assert b"herons" not in (folder / "key.json").read_bytes()


def test_a_memory_brought_to_a_computer_without_its_key_says_where_the_key_is(desktop, folder):
    open_and_close(folder)
    before = contents(folder)

    with keyring_is(DesktopKeyring()), pytest.raises(KeyMissing, match="computer and account it was made on"):
        Store.open(folder)

    assert contents(folder) == before


def test_a_locked_keyring_is_not_taken_for_a_missing_one(desktop, folder):
    class Locked(DesktopKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            raise keyring.errors.KeyringLocked("the collection is locked")

    open_and_close(folder)
    with keyring_is(Locked()), pytest.raises(KeyMissing, match="Unlock the keyring"):
        Store.open(folder)


def test_a_memory_whose_key_file_is_gone_gets_no_new_key(desktop, folder):
    Store.open(folder).close()
    (folder / "key.json").unlink()
    before = contents(folder)

    with pytest.raises(KeyMissing, match=r"key\.json is gone"):
        Store.open(folder)

    assert contents(folder) == before


def test_backups_whose_key_file_is_gone_get_no_new_memory_beside_them(store, folder):
    store.backup()
    store.close()
    (folder / "key.json").unlink()
    (folder / "memory.db").unlink()

    with pytest.raises(KeyMissing, match=r"key\.json is gone"):
        Store.open(folder)


@pytest.mark.parametrize(
    "garbage", [b"", b"\xff\x00", b"[]", b'{"kind": "stone"}', b'{"kind": "passphrase", "salt": "zz"}']
)
def test_an_unreadable_key_file_is_left_as_it_is(desktop, folder, garbage):
    Store.open(folder).close()
    (folder / "key.json").write_bytes(garbage)
    before = contents(folder)

    with pytest.raises(KeyMissing, match="put back a copy"):
        Store.open(folder, "seven quiet herons")

    assert contents(folder) == before


def test_the_copy_of_the_key_file_beside_the_backups_opens_the_memory(folder):
    store = Store.open(folder, "seven quiet herons")
    store.backup()
    store.close()
    (folder / "key.json").unlink()

    (folder / "backups" / "key.json").rename(folder / "key.json")

    open_and_close(folder, "seven quiet herons")
