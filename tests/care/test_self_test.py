"""She does not start when care is not whole, and says what to do."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from becoming.care import Guard, files, protocol, self_test
from becoming.care.self_test import CareFailed, check
from becoming.events import Danger, Tier

ROOT = Path(__file__).parents[2]
GUARD = Guard()
HEARS: dict[str, Tier] = dict(self_test.DANGERS)


def hear(text: str, earlier: object) -> Danger:
    return Danger(HEARS.get(text, "none"), "suicide")


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[str], str]], None]:
    """Another copy of the files of care, in which one is changed."""

    def change(name: str, how: Callable[[str], str]) -> None:
        folder = tmp_path / "care"
        shutil.copytree(ROOT / "src" / "becoming" / "care", folder)
        (folder / name).write_text(how((folder / name).read_text("utf-8")), "utf-8")
        monkeypatch.setattr(files, "FOLDER", folder)

    return change


def test_as_it_is_it_is_whole():
    check(hear, GUARD)


def test_it_is_quick():
    check(hear, GUARD)
    began = time.thread_time()
    check(hear, GUARD)
    assert time.thread_time() - began < 0.05


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("crisis.toml", lambda text: text.replace("{call_now}", "Wait")),
        ("crisis.toml", lambda text: text[: len(text) // 2]),
        ("crisis_lines.json", lambda text: text.replace('"988"', '"989"')),
        ("crisis_lines.json", lambda text: text[:-20]),
        ("crisis_lines.json", lambda text: json.dumps({"lines": []})),
        ("crisis.py", lambda text: text.replace('return "refuse"', 'return "stay"')),
        ("protocol.md", lambda text: text.replace("SHA-256: `", "SHA-256: `0")),
        ("plan.toml", lambda text: text.replace("[[step]]", "[[other]]", 1)),
    ],
)
def test_with_a_damaged_file_she_does_not_start_and_says_what_to_do(damaged, name, how):
    damaged(name, how)
    with pytest.raises(CareFailed) as failed:
        check(hear, GUARD)
    assert "does not start" in str(failed.value)
    assert "Install Becoming anew" in str(failed.value)
    assert "findahelpline.com" in str(failed.value)


def test_with_a_file_that_is_gone_she_does_not_start(damaged, tmp_path):
    damaged("plan.toml", lambda text: text)
    (tmp_path / "care" / "plan.toml").unlink()
    with pytest.raises(CareFailed):
        check(hear, GUARD)


def test_with_a_deaf_detector_she_does_not_start():
    with pytest.raises(CareFailed, match="does not hear"):
        check(lambda text, earlier: Danger("none"), GUARD)


def test_with_a_detector_that_hears_danger_everywhere_she_does_not_start():
    with pytest.raises(CareFailed, match="hears a danger"):
        check(lambda text, earlier: Danger("emergency", "suicide"), GUARD)


def test_with_a_guard_that_lets_all_through_she_does_not_start():
    class Open(Guard):
        def objection(self, reply, known):
            return None

    with pytest.raises(CareFailed, match="would say"):
        check(hear, Open())


def test_the_published_protocol_is_the_one_that_runs_and_the_same_in_the_docs():
    from scripts.protocol import edition

    assert protocol.stated() == protocol.digest()
    published = (ROOT / "docs" / "crisis-protocol.md").read_text("utf-8")
    assert published == protocol.published() == edition(), "run: uv run python -m scripts.protocol"


def test_every_number_shipped_says_what_it_rests_on():
    from becoming.care import lines

    assert lines.faults(json.loads(files.read(lines.FILE))) == []
