"""Pin every transitive dependency in pyproject.toml: `uv run python scripts/pin.py`.

A lock file would name the host each package came from, so the versions alone are kept, as
`[tool.uv] constraint-dependencies`. Direct dependencies are pinned by hand above them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def locked(project: Path) -> list[str]:
    """Every package that the project needs on any platform, as `name==version`, resolved anew."""
    with tempfile.TemporaryDirectory() as folder:
        text = re.sub(
            r"constraint-dependencies = \[.*?\]",
            "constraint-dependencies = []",
            project.read_text(),
            flags=re.S,
        )
        copy = Path(folder)
        (copy / "pyproject.toml").write_text(text)
        (copy / "README.md").touch()
        shutil.copy(ROOT / "LICENSE", copy)
        subprocess.run(["uv", "lock", "--quiet"], cwd=copy, check=True)
        packages = tomllib.loads((copy / "uv.lock").read_text())["package"]
    versions: dict[str, set[str]] = {}
    for package in packages:
        if "version" in package and "registry" in package["source"]:
            versions.setdefault(package["name"], set()).add(package["version"])
    # A package that is needed in several versions (one a platform) cannot be constrained to one.
    return [f"{name}=={next(iter(found))}" for name, found in sorted(versions.items()) if len(found) == 1]


def main() -> None:
    """Write the pins."""
    project = ROOT / "pyproject.toml"
    pins = "".join(f'    "{pin}",\n' for pin in locked(project))
    text = project.read_text()
    found = re.sub(
        r"constraint-dependencies = \[.*?\]",
        lambda _: f"constraint-dependencies = [\n{pins}]",
        text,
        count=1,
        flags=re.S,
    )
    project.write_text(found)


if __name__ == "__main__":
    main()
