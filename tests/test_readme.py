"""What the README tells a newcomer to type is what is tested here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_stand_in_the_readme_and_ci_uses_the_same_one():
    assert "pip install uv && uv run becoming" in README
    assert "pip install uv && uv run pytest" in README
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "pip install --quiet uv" in ci
    assert ci.rstrip().endswith("uv run pytest")


def test_every_command_of_the_readme_exists():
    block = README.split("## Good to know")[1].split("```")[1]
    told = re.findall(r"^becoming (\w+)", block, re.MULTILINE)
    options = re.findall(r"(--[\w-]+)", block)
    shown = subprocess.run(
        [sys.executable, "-m", "becoming", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200", "PATH": ""},
    ).stdout
    assert told
    for name in told:
        assert re.search(rf"\b{name}\b", shown), name
    for option in options:
        each = subprocess.run(
            [sys.executable, "-m", "becoming", "doctor", "--help"],
            capture_output=True,
            text=True,
            check=True,
            env={"COLUMNS": "200", "PATH": ""},
        ).stdout
        assert option in shown + each, option


def test_every_file_the_documents_link_to_exists():
    for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8")):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), f"{name}: {target}"


def test_no_document_names_a_package_host_or_a_path_of_a_machine():
    for file in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "pyproject.toml"]:
        text = file.read_text("utf-8")
        assert not re.search(
            r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|/root/|/work/|/home/\w+/", text
        ), file
