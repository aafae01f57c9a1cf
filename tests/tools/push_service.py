"""A push service as small as can be, over real HTTPS, and a browser that subscribed there: it alone can read what comes.

It decrypts as RFC 8291 says, which its own example shows, and checks the sender's signature (RFC 8292).
"""

from __future__ import annotations

import json
import os
import ssl
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from becoming.web.certificate import certificate


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """Its keys, and how it reads."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": b64(self.public), "auth": b64(self.auth)}

    def read(self, body: bytes) -> bytes:
        """RFC 8188, section 2: salt, record size, key id; here the key id is the sender's public key."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.private.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        info = b"WebPush: info\x00" + self.public + sender
        ikm = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(ikm)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(ikm)
        text, _, padding = AESGCM(key).decrypt(nonce, sealed, None).rpartition(b"\x02")
        assert not padding.strip(b"\x00")
        return text


@dataclass
class Pushed:
    """One message as the service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Answers each message with the next of `answers`, the last one again and again."""

    def __init__(self, folder: Path, *answers: int) -> None:
        self.answers = list(answers or (201,))
        self.came: list[Pushed] = []
        self.news = threading.Condition()
        self.certificate = certificate(folder, ["127.0.0.1"])
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with service.news:
                    service.came.append(Pushed(self.path, dict(self.headers), body))
                    status = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
                    service.news.notify_all()
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate.path, self.certificate.key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.origin = f"https://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def wait_for(self, count: int) -> list[Pushed]:
        with self.news:
            assert self.news.wait_for(lambda: len(self.came) >= count, 20)
            return list(self.came)


def claims(pushed: Pushed, origin: str) -> dict[str, Any]:
    """Who sent it, if the signature is theirs and it is meant for this service."""
    scheme, _, said = pushed.headers["Authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(each.strip().split("=", 1) for each in said.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    raw = unb64(signature)
    assert len(raw) == 64
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    head, body = (json.loads(unb64(each)) for each in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    assert body["aud"] == origin
    return {**body, "k": parts["k"]}
