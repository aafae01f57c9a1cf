"""Writes a new edition of the published crisis protocol from the files that make it.

    uv run python -m scripts.protocol

writes `src/becoming/care/protocol.md`, which is served and checked at every start, and the same text to
`docs/crisis-protocol.md`. To be run, and read, whenever a rule, a sentence or a number was changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from becoming.care import crisis, files, lines, plan, protocol

ROOT = Path(__file__).parent.parent


def edition() -> str:
    """The text."""
    template = (ROOT / "scripts" / "protocol.md").read_text("utf-8")
    return template.format(
        digest=protocol.digest(),
        files=", ".join(f"`{name}`" for name in protocol.RUNNING),
        plan="\n".join(f"{at}. **{step.title}**: “{step.ask}”" for at, step in enumerate(plan.steps(), 1)),
        numbers=_numbers(),
        steps=_steps(),
    )


def _numbers() -> str:
    file = json.loads(files.read(lines.FILE))
    rows = ["| country | line | number | emergency | rests on |", "|---|---|---|---|---|"]
    for entry in file["lines"]:
        name = file["countries"][entry["country"]][0].removeprefix("the ")
        rows.append(
            f"| {name} | {entry['name']} | {entry['phone']} ({entry['by']}) | {entry['emergency']} | {entry['how']} |"
        )
    only = [file["countries"][entry["country"]][0].removeprefix("the ") for entry in file["emergency_only"]]
    rows.append(f"| {', '.join(only)} | findahelpline.com | | 112 | {file['emergency_only'][0]['how']} |")
    return "\n".join(rows)


def _steps() -> str:
    told = []
    for name, wordings in crisis.wordings().items():
        told += [f"**{name}**\n", *(f"- {words}" for words in wordings), ""]
    return "\n".join(told).rstrip()


def main() -> None:
    """Write both."""
    text = edition()
    (ROOT / "src" / "becoming" / "care" / "protocol.md").write_text(text, "utf-8", newline="\n")
    (ROOT / "docs" / "crisis-protocol.md").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
