"""Web push: what rings on a phone whose person switched it on there (RFC 8030).

What is said is encrypted for that browser alone (RFC 8291, RFC 8188), always at the same length; its maker's push service
learns that something rings, and when. Who sends is shown by a key made here (VAPID, RFC 8292). The packages that do this
take one to two seconds to import and bring another HTTP client each; it is sixty lines with `cryptography`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from becoming.events import InputError

log = logging.getLogger(__name__)
NOTE, MOST = "phones", 20
TTL_S, TIMEOUT_S = 3600, 10.0
RETRIES_S: tuple[float, ...] = (5, 30, 120, 600, 1800)
"""What could not be sent is tried again after these; then it is over."""

LONGEST = 1024
_GONE, _LATER = (404, 410), (408, 425, 429)


@dataclass
class Phones:
    """The browsers that are rung. The key and their addresses are one note; its methods may be called from any thread."""

    get: Callable[[str], Any]
    put: Callable[[str, Any], None]
    clock: Callable[[], float]
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def key(self) -> str:
        """The public half of her key, as a browser wants it; made at first use."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public = self._private().public_key()
        return _b64(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def all(self) -> list[dict[str, str]]:
        """Their addresses (`endpoint`) and keys (`p256dh`, `auth`)."""
        return list((self.get(NOTE) or {}).get("phones", ()))

    def add(self, endpoint: str, p256dh: str, auth: str) -> None:
        """Ring there, too. Raises InputError for what no browser gives."""
        try:
            place = urlsplit(endpoint)
            _point(p256dh)
            whole = place.scheme == "https" and bool(place.hostname) and len(_bytes(auth)) == 16
        except ValueError:
            whole = False
        if not whole:
            raise InputError("This browser gave no address to ring at. Switch it off and on again.")
        with self._lock:
            others = [it for it in self.all() if it["endpoint"] != endpoint]
            self._keep(phones=[*others, {"endpoint": endpoint, "p256dh": p256dh, "auth": auth}][-MOST:])

    def drop(self, endpoint: str) -> None:
        """Ring there no more."""
        with self._lock:
            self._keep(phones=[it for it in self.all() if it["endpoint"] != endpoint])

    async def ring(self, topic: str, told: Mapping[str, Any], still: Callable[[], bool]) -> None:
        """Send it to all of them; where that fails, again for a while, if it `still` rings. Where nobody is any more, never
        again."""
        phones = await asyncio.to_thread(self.all)
        await asyncio.gather(*(self._ring(it, topic, told, still) for it in phones))

    async def _ring(
        self, it: dict[str, str], topic: str, told: Mapping[str, Any], still: Callable[[], bool]
    ) -> None:
        for wait in (*RETRIES_S, None):
            status, after = await self._send(it, topic, told)
            if status in _GONE:
                await asyncio.to_thread(self.drop, it["endpoint"])
            if status and status < 500 and status not in _LATER:
                break
            if wait is not None:
                await asyncio.sleep(max(wait, min(after, TTL_S)))
                if not await asyncio.to_thread(still):
                    return
        if not 200 <= status < 300:
            log.warning("A phone could not be rung: %s.", status or "its push service does not answer")

    async def _send(self, it: dict[str, str], topic: str, told: Mapping[str, Any]) -> tuple[int, float]:
        import httpx2

        headers = {"TTL": str(TTL_S), "Urgency": "high", "Topic": topic, "Content-Encoding": "aes128gcm"}
        text = json.dumps(told, ensure_ascii=False).encode().ljust(LONGEST)
        body = encrypted(text, it["p256dh"], it["auth"])
        headers["Authorization"] = await asyncio.to_thread(self._vapid, it["endpoint"])
        try:
            async with httpx2.AsyncClient(timeout=TIMEOUT_S) as client:
                answer = await client.post(it["endpoint"], content=body, headers=headers)
        except (httpx2.HTTPError, OSError):
            return 0, 0.0
        after = answer.headers.get("Retry-After", "")
        return answer.status_code, float(after) if after.isdecimal() else 0.0

    def _vapid(self, endpoint: str) -> str:
        """A signed word that it is she who rings, for that push service and half a day."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, utils

        place = urlsplit(endpoint)
        claims = {
            "aud": f"{place.scheme}://{place.netloc}",
            "exp": round(self.clock()) + 12 * 3600,
            "sub": "mailto:nobody@example.com",  # whom to write to when a sender does harm: nobody is named
        }
        head = _b64(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
        signed = f"{head}.{_b64(json.dumps(claims).encode())}"
        r, s = utils.decode_dss_signature(self._private().sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"vapid t={signed}.{_b64(r.to_bytes(32) + s.to_bytes(32))}, k={self.key}"

    def _private(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric import ec

        with self._lock:
            if not (kept := (self.get(NOTE) or {}).get("key")):
                made = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
                kept = f"{made:064x}"
                self._keep(key=kept)
            return ec.derive_private_key(int(kept, 16), ec.SECP256R1())

    def _keep(self, **changed: Any) -> None:
        self.put(NOTE, (self.get(NOTE) or {}) | changed)


def encrypted(text: bytes, p256dh: str, auth: str) -> bytes:
    """For the browser with these keys alone, as one record of aes128gcm."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    def derived(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, salt, info).derive(key)

    once, salt = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    mine = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    info = b"WebPush: info\0" + _bytes(p256dh) + mine
    secret = derived(once.exchange(ec.ECDH(), _point(p256dh)), _bytes(auth), info, 32)
    key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + (4096).to_bytes(4) + bytes([len(mine)]) + mine
    return head + AESGCM(key).encrypt(nonce, text + b"\2", None)


def _point(p256dh: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
