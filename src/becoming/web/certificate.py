"""A certificate of this computer's own, so that a phone's browser gives her page the microphone.

Browsers hand out a microphone over HTTPS alone (loopback excepted), and nobody certifies an address
at home. So the certificate is made here and signed by itself (RFC 5280): it hides the talk from others in the
network; that it is hers, the person sees by comparing the fingerprint once.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_LASTS = timedelta(days=820)  # what is valid for longer than 825 days, Apple's devices refuse
_RENEWED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, as files, and the SHA-256 of the certificate as browsers show it."""

    path: Path
    key: Path
    fingerprint: str


def certificate(home: Path, addresses: Iterable[str]) -> Certificate:
    """This installation's certificate; made for these addresses at the first time, and when it runs out.

    The same one is kept when an address changes, as a device that has trusted it trusts no other.
    """
    path, key = home / "tls" / "certificate.pem", home / "tls" / "key.pem"
    made = _good(path, key)
    if made is None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = _make(path, key, addresses)
    digest = made.fingerprint(hashes.SHA256()).hex().upper()
    return Certificate(path, key, ":".join(digest[at : at + 2] for at in range(0, len(digest), 2)))


def _good(path: Path, key: Path) -> x509.Certificate | None:
    """The certificate that is there, if it is whole, of that key, and valid for a while."""
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError):
        return None
    now = datetime.now(UTC)
    valid = found.not_valid_before_utc <= now < found.not_valid_after_utc - _RENEWED
    return found if valid and found.public_key() == private.public_key() else None


def _make(path: Path, key: Path, addresses: Iterable[str]) -> x509.Certificate:
    private, now, name = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC), _name()
    names = [x509.DNSName(each) for each in dict.fromkeys((name, f"{name}.local", "localhost"))]
    places = [x509.IPAddress(ipaddress.ip_address(each)) for each in dict.fromkeys((*addresses, "127.0.0.1"))]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Becoming on {name}"[:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LASTS)
        .add_extension(x509.SubjectAlternativeName([*names, *places]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    _write(key, private.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    _write(path, made.public_bytes(pem))
    return made


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and readable by its owner alone from the first byte on."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    fresh.replace(path)


def _name() -> str:
    """This computer's name, as far as it can stand in a certificate."""
    name = socket.gethostname().partition(".")[0]
    return name if name.isascii() and name.replace("-", "a").isalnum() else "becoming"
