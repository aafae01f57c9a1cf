"""What the person has her write down: notes, and lists like the one for shopping; their words."""

from __future__ import annotations

from dataclasses import dataclass

from becoming.tools.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class Written(Row):
    """One of them: `words` as they were said, on which `list` ("shopping"; empty: a note of its own), and when."""

    words: str
    at: float
    list: str = ""


class Notebook(Rows[Written]):
    """The notes and lists of one person."""

    note, kind, most, called = "notebook", Written, 2000, "notes"

    def all(self, list_: str = "") -> list[Written]:
        """What is on that list, in order; else the notes, the latest first."""
        kept = [it for it in self.rows() if it.list == list_]
        return kept if list_ else kept[::-1]

    def lists(self) -> list[str]:
        """The lists on which there is something."""
        return list(dict.fromkeys(it.list for it in self.rows() if it.list))
