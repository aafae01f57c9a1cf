"""Python environments of peers: dependencies of one benchmark alone, whose pins are not ours.

Each is made once with `uv`, kept in the user's cache folder, and made anew when its pins change.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from platformdirs import user_cache_path

from bench.contract import CannotRun


def python(pins: Path, name: str, size: str) -> Path:
    """The interpreter of the environment with these pins, made first if it is not there yet.

    Raises:
        CannotRun: `uv` is missing, or the packages cannot be had.
    """
    key = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = user_cache_path("becoming-bench", appauthor=False) / f"{name}-{key}"
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "complete"
    if not done.exists():
        print(f"Making the environment of {name} (once, about {size}) …", flush=True)
        uv = os.environ.get("UV") or shutil.which("uv")
        if uv is None:
            raise CannotRun("uv is missing; install it: pip install uv")
        folder.parent.mkdir(parents=True, exist_ok=True)
        venv = [uv, "venv", "--clear", "-q", "--python", sys.executable, str(folder)]
        install = [uv, "pip", "install", "-q", "--python", str(interpreter), "-r", str(pins)]
        try:
            for command in (venv, install):
                # Outside the project, whose own pins would be taken as constraints.
                subprocess.run(command, check=True, cwd=folder.parent)
        except subprocess.CalledProcessError as error:
            raise CannotRun(f"{name} could not be installed; see above, then try again") from error
        done.touch()
    return interpreter
