"""The key of a memory: 32 random bytes, kept in the OS keyring or wrapped under a passphrase.

`key.json` beside the database says which, readable by anybody and secret to nobody:

    {"kind": "keyring", "service": "becoming", "account": "5f0c…"}
    {"kind": "passphrase", "salt": "…", "iterations": 3, "lanes": 4, "memory_kib": 65536, "wrapped": "…"}

The passphrase does not encrypt the memory, it wraps the key that does (Argon2id, RFC 9106's second
recommended setting; AES key wrap, RFC 3394). A wrong passphrase is therefore known before the
database is touched and cannot be mistaken for a damaged file, and changing it will rewrite this
one small file only.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

import keyring
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from keyring.errors import KeyringError

from becoming.events import InputError
from becoming.store.errors import KeyMissing, NeedsPassphrase, WrongPassphrase
from becoming.store.files import KEY_FILE, replace_with

KEY_BYTES = 32
_SERVICE = "becoming"


@dataclass(frozen=True, slots=True)
class InKeyring:
    """The key is in the OS keyring, under a random account of its own for each memory."""

    kind: ClassVar[str] = "keyring"
    service: str
    account: str

    def key(self) -> bytes:
        """Fetch the key; KeyMissing where the keyring is locked or does not have it."""
        try:
            stored = keyring.get_password(self.service, self.account)
        except KeyringError as error:
            raise KeyMissing(
                f"The key of her memory is in this computer's keyring, which does not answer ({error}). "
                "Unlock the keyring (usually by logging in to the desktop) and start again."
            ) from error
        if stored is None:
            raise KeyMissing(
                "The key of her memory is not in this computer's keyring. It stays in the keyring of the "
                f"computer and account it was made on (entry '{self.service}', '{self.account}'): start her "
                "there, or bring that entry over. Nothing was changed."
            )
        return bytes.fromhex(stored)


@dataclass(frozen=True, slots=True)
class UnderPassphrase:
    """The key lies here, wrapped under a key derived from the passphrase. Bytes as hexadecimal."""

    kind: ClassVar[str] = "passphrase"
    salt: str
    iterations: int
    lanes: int
    memory_kib: int
    wrapped: str

    def __post_init__(self) -> None:
        bytes.fromhex(self.salt + self.wrapped)  # a garbled file is told apart from a wrong passphrase

    def key(self, passphrase: str) -> bytes:
        """Unwrap the key; WrongPassphrase if it is another one."""
        deriving = _derive(passphrase, bytes.fromhex(self.salt), self.iterations, self.lanes, self.memory_kib)
        try:
            return aes_key_unwrap(deriving, bytes.fromhex(self.wrapped))
        except InvalidUnwrap:
            raise WrongPassphrase from None


def existing_key(folder: Path, passphrase: str | None) -> bytes | None:
    """The key of the memory in `folder`, or None where no key was made yet.

    Raises NeedsPassphrase, WrongPassphrase, KeyMissing.
    """
    where = _read(folder / KEY_FILE)
    match where:
        case None:
            return None
        case InKeyring():
            return where.key()
        case UnderPassphrase():
            if passphrase is None:
                raise NeedsPassphrase(new=False)
            return where.key(passphrase)


def new_key(folder: Path, passphrase: str | None) -> bytes:
    """Make a key and keep it: under the passphrase if there is one, else in the OS keyring.

    Raises NeedsPassphrase where there is neither, InputError for an empty passphrase.
    """
    key = secrets.token_bytes(KEY_BYTES)
    where = _in_keyring(key) if passphrase is None else _under(passphrase, key)
    content = json.dumps({"kind": where.kind, **asdict(where)}, indent=1) + "\n"
    replace_with(folder / KEY_FILE, content.encode())
    return key


def forget(folder: Path) -> str:
    """Erase the key of the memory in `folder` for good; where it could not be erased, the name of the place."""
    try:
        where = _read(folder / KEY_FILE)
    except KeyMissing:  # it cannot be read, by nobody
        where = None
    (folder / KEY_FILE).unlink(missing_ok=True)
    if not isinstance(where, InKeyring):
        return ""
    with suppress(KeyringError):  # it is not there any more, or the keyring is locked: looked at next
        keyring.delete_password(where.service, where.account)
    try:
        return "the keyring" if keyring.get_password(where.service, where.account) else ""
    except KeyringError:
        return "the keyring"


def _in_keyring(key: bytes) -> InKeyring:
    """Put the key into the keyring and make sure it can be read back, as not every backend keeps it."""
    where = InKeyring(_SERVICE, secrets.token_hex(8))
    try:
        keyring.set_password(where.service, where.account, key.hex())
        kept = keyring.get_password(where.service, where.account)
    except KeyringError as error:
        raise NeedsPassphrase(new=True) from error
    if kept != key.hex():
        raise NeedsPassphrase(new=True)
    return where


def _under(passphrase: str, key: bytes) -> UnderPassphrase:
    if not passphrase.strip():
        raise InputError("An empty passphrase protects nothing. Choose one of a few words.")
    salt, iterations, lanes, memory_kib = secrets.token_bytes(16), 3, 4, 64 * 1024
    wrapped = aes_key_wrap(_derive(passphrase, salt, iterations, lanes, memory_kib), key)
    return UnderPassphrase(salt.hex(), iterations, lanes, memory_kib, wrapped.hex())


def _derive(passphrase: str, salt: bytes, iterations: int, lanes: int, memory_kib: int) -> bytes:
    # NFKC, so that the same passphrase typed on another keyboard or system is the same bytes.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=iterations, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(typed)


def _read(path: Path) -> InKeyring | UnderPassphrase | None:
    try:
        fields = json.loads(path.read_bytes())
        kind = fields.pop("kind")
        return {c.kind: c for c in (InKeyring, UnderPassphrase)}[kind](**fields)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing(
            f"{path} is unreadable, and without it the memory beside it stays locked. Nothing was changed; "
            "put back a copy of that file (one lies in the folder 'backups')."
        ) from error
