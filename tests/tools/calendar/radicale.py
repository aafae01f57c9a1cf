"""A real CalDAV and CardDAV server: Radicale on a free loopback port, with one person's calendars in a temporary folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx2

from becoming.tools.calendar.accounts import Account

USER, PASSWORD = "jonas@example.org", "a quiet password"
_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[logging]
level = error
"""
_CALENDAR = """<mkcol xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><set><prop><resourcetype><collection/><c:calendar/>
</resourcetype></prop></set></mkcol>"""
_BOOK = """<mkcol xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/><c:addressbook/>
</resourcetype></prop></set></mkcol>"""


@dataclass
class Radicale:
    """A server that runs; what lies on it is put there over HTTP, as another program of the person would."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    http: httpx2.Client

    @classmethod
    def start(cls) -> Radicale:
        folder = Path(tempfile.mkdtemp(prefix="becoming-radicale-"))
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            port: int = listening.getsockname()[1]
        (folder / "config").write_text(_CONFIG.format(folder=folder, port=port))
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(folder / "config")])
        until = time.monotonic() + 30
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    http = httpx2.Client(base_url=f"http://127.0.0.1:{port}/{USER}/", auth=(USER, PASSWORD), trust_env=False)  # fmt: skip
                    return cls(folder, port, process, http)
            time.sleep(0.05)
        raise RuntimeError("Radicale did not start")

    @property
    def account(self) -> Account:
        return Account(USER, f"http://127.0.0.1:{self.port}/", user=USER)

    def empty(self) -> None:
        shutil.rmtree(self.folder / "collections" / "collection-root", ignore_errors=True)
        for name, body in (("diary", _CALENDAR), ("people", _BOOK)):
            assert self.http.request("MKCOL", f"{name}/", content=body).status_code == 201

    def put(self, *texts: str) -> None:
        """Put appointments into the calendar, or contacts into the address book."""
        for text in texts:
            card = "BEGIN:VCARD" in text
            uid = next(line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("UID"))
            place = f"people/{uid}.vcf" if card else f"diary/{uid}.ics"
            answer = self.http.put(
                place, content=text, headers={"Content-Type": "text/vcard" if card else "text/calendar"}
            )
            assert answer.status_code < 300, (answer.status_code, text)

    def texts(self) -> list[str]:
        """The appointments as they lie on the server."""
        found = (self.folder / "collections" / "collection-root" / USER / "diary").glob("*.ics")
        return sorted(each.read_text() for each in found)

    def stop(self) -> None:
        self.http.close()
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def event(title: str, begins: datetime | str, hours: float = 1.0, *more: str, uid: str = "") -> str:
    """An appointment as any calendar program writes it; `begins` as a time of this computer, or as the property itself."""
    if isinstance(begins, datetime):
        ends = begins + timedelta(hours=hours)
        times = [f"DTSTART:{begins:%Y%m%dT%H%M%S}", f"DTEND:{ends:%Y%m%dT%H%M%S}"]
    else:
        times = [begins]
    uid = uid or "".join(it for it in title.lower() if it.isalnum())
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260101T000000Z",
        f"SUMMARY:{title}",
        *times,
        *more,
        "END:VEVENT",
    ]
    return calendar("\r\n".join(lines))


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tests//EN", *parts, "END:VCALENDAR", ""])


def card(name: str, *more: str) -> str:
    first, _, last = name.partition(" ")
    uid = name.replace(" ", "-")
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", f"N:{last};{first};;;", *more, "END:VCARD", ""])  # fmt: skip
