"""Regenerates docs/transcripts.md: the twenty openings and the long talk, as she answers them today.

    uv run python -m scripts.transcripts

Takes about five minutes on two cores, and no time for talks that `bench.conversation` played with the same code. The person's lines are scripted (bench/openings.py), so some
do not quite follow from what she said; her lines are the model's and the program's, unedited.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.progress import track

from bench.openings import LONG_TALK, OPENINGS, Opening
from bench.talks import Exchange, kept, model, ours

FILE = Path(__file__).resolve().parent.parent / "docs" / "transcripts.md"
SEED = 1
HEAD = """# Transcripts

Twenty openings and one talk of sixty turns with the packaged model (Qwen2.5-Coder-1.5B-Instruct, Q4_K_M),
unedited: one run with seed 1, not picked from several. The person's lines are a script that goes on
whatever she answers. In brackets: the stance that code chose, and why. Regenerate with
`uv run python -m scripts.transcripts`; `bench.conversation` counts what is wrong in such talks, over three
seeds, beside the same model with a plain prompt.
"""


async def main() -> None:
    """Play and write."""
    async with model() as chat:
        play = kept("ours", ours(chat))
        parts = [_part(each, await play(each, SEED)) for each in track([*OPENINGS, LONG_TALK], "talking")]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def _part(opening: Opening, exchanges: list[Exchange]) -> str:
    lines = [f"## {opening.name.replace('_', ' ').capitalize()}: {opening.tries}", ""]
    if opening.remembered:
        told = " · ".join(f"“{line}”" for line in opening.remembered)
        lines += [f"*Told on the day before: {told}*", ""]
    for each in exchanges:
        said = each.said or "*(silence)*"
        lines += [f"> {each.heard}", "", f"**{said}** — [{each.stance}: {each.reason}]", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    asyncio.run(main())
