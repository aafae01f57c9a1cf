"""The page of her memory over a real memory: nothing goes that was not shown, nothing stays that went."""

from __future__ import annotations

import asyncio
import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from becoming.care import Caring
from becoming.events import Danger, Loss, Receipt
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.store import Store
from becoming.web import memory as page
from becoming.web.door import Door
from becoming.web.server import make_app
from tests.store.computers import DesktopKeyring, keyring_is

HERE = "http://127.0.0.1:8765"
SENTENCES, WORDS = Sentences(), Words()


class Home:
    """A house without ears and mouth, and the memory in it."""

    name = "Mira"

    def __init__(self, store: Store) -> None:
        self.now = time.time() - 3 * 86_400
        self.life = Life(store, SENTENCES, WORDS, lambda: self.now, lambda: 1)
        self.forgotten: list[Loss] = []
        self.care = Caring(lambda text, earlier: Danger("none"), self.life.moments)
        self.left = None

    async def forget(self, loss: Loss) -> Receipt:
        self.forgotten.append(loss)
        return await asyncio.to_thread(self.life.forget, loss)

    def state(self) -> dict[str, object]:
        return {}

    def say(self, *lines: str) -> None:
        before = ""
        for line in lines:
            self.now += 20
            moment = self.life.record("person", line, self.now)
            self.life.learn(moment, before)
            before = "I see."
            self.life.record("her", before, self.now + 5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with keyring_is(DesktopKeyring()):
        opened = Store.open(tmp_path / "people" / "first")
        yield opened
        opened.close()


@pytest.fixture
def home(store: Store) -> Home:
    return Home(store)


@pytest.fixture
def there(home: Home) -> TestClient:
    return TestClient(make_app(home, Door("a-token")), base_url=HERE, client=("127.0.0.1", 1))


def held(there: TestClient) -> dict[str, list[str]]:
    groups = there.get("/api/memory/beliefs").json()["groups"]
    return {group["title"]: [belief["text"] for belief in group["held"]] for group in groups}


def the_belief(there: TestClient, value: str) -> dict:
    groups = there.get("/api/memory/beliefs").json()["groups"]
    return next(b for group in groups for b in group["held"] + group["once"] if b["value"] == value)


def shown(there: TestClient, **what: object) -> dict:
    answer = there.post("/api/memory/plan", json=what)
    assert answer.status_code == 200, answer.text
    return answer.json()


# ── what she holds ──────────────────────────────────────────────────────────────────────────


def test_what_she_holds_is_told_by_whom_it_is_about_and_you_come_first(home: Home, there: TestClient):
    home.say("My sister is called Iris.", "Iris lives in Denver.", "I hate cilantro.")
    told = held(there)
    assert list(told) == ["You", "Iris, your sister"]
    assert any("cilantro" in text for text in told["You"])
    assert any("Denver" in text for text in told["Iris, your sister"])


def test_each_belief_says_when_and_in_which_words_she_was_told(home: Home, there: TestClient):
    home.say("I had lunch, and by the way I hate cilantro.")
    id_ = the_belief(there, "cilantro")["id"]
    (source,) = there.get(f"/api/memory/beliefs/{id_}/sources").json()["sources"]
    assert "I hate cilantro" in source["quote"]
    assert source["text"] == "I had lunch, and by the way I hate cilantro."
    assert source["at"] == pytest.approx(home.now)
    assert not source["against"]


def test_what_is_put_right_by_hand_is_held_and_the_old_one_never_was_so(home: Home, there: TestClient):
    home.say("My sister is called Iris.", "Iris lives in Denver.")
    id_ = the_belief(there, "Denver")["id"]
    answer = there.post(f"/api/memory/beliefs/{id_}/right", json={"value": "  Dallas "})
    assert answer.status_code == 200
    told = held(there)["Iris, your sister"]
    assert [text for text in told if "Dallas" in text]
    assert not [text for text in told if "Denver" in text]
    old = the_belief(there, "Denver")
    assert old["how"] == "never"
    assert old["ended"] is not None
    assert there.get(f"/api/memory/beliefs/{answer.json()['belief']['id']}/sources").json() == {"sources": []}


def test_a_name_put_right_is_right_in_all_she_holds_of_them(home: Home, there: TestClient):
    home.say("My sister is called Iris.", "Iris lives in Denver.")
    id_ = the_belief(there, "Iris")["id"]
    assert there.post(f"/api/memory/beliefs/{id_}/right", json={"value": "Irene"}).status_code == 200
    told = held(there)
    assert any("Irene" in text and "Denver" in text for text in told["Irene, your sister"])
    assert not any("Iris" in text for texts in told.values() for text in texts)


def test_a_liking_put_right_makes_room_for_the_old_word_again(home: Home, there: TestClient):
    home.say("I hate cilantro.")
    id_ = the_belief(there, "cilantro")["id"]
    there.post(f"/api/memory/beliefs/{id_}/right", json={"value": "parsley"})
    home.say("I hate cilantro.")
    told = " ".join(held(there)["You"])
    assert "parsley" in told
    assert "cilantro" in told


def test_what_is_taken_back_is_held_no_more_and_is_still_told_as_once_held(home: Home, there: TestClient):
    home.say("I hate cilantro.")
    id_ = the_belief(there, "cilantro")["id"]
    assert there.post(f"/api/memory/beliefs/{id_}/never").status_code == 200
    assert held(there) == {"You": []}
    assert the_belief(there, "cilantro")["how"] == "never"


@pytest.mark.parametrize("what", ["right", "never"])
def test_what_is_not_held_can_neither_be_put_right_nor_taken_back(home: Home, there: TestClient, what: str):
    home.say("I hate cilantro.")
    id_ = the_belief(there, "cilantro")["id"]
    there.post(f"/api/memory/beliefs/{id_}/never")
    for ended_or_unknown in (id_, 999):
        answer = there.post(f"/api/memory/beliefs/{ended_or_unknown}/{what}", json={"value": "parsley"})
        assert answer.status_code == 400
        assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize(
    "body", [{}, {"value": ""}, {"value": "   "}, {"value": "x" * 301}, {"value": 3}, []]
)
def test_a_correction_without_a_word_is_refused_with_a_sentence(home: Home, there: TestClient, body: object):
    home.say("I hate cilantro.")
    id_ = the_belief(there, "cilantro")["id"]
    answer = there.post(f"/api/memory/beliefs/{id_}/right", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
    assert the_belief(there, "cilantro")["how"] is None


# ── what was said ───────────────────────────────────────────────────────────────────────────


def test_a_moment_is_found_with_the_reason_and_its_time(home: Home, there: TestClient):
    home.say("We rowed across the lake at night.", "The dog was sick on the boat.", "I sold the car.")
    found = there.get("/api/memory/search", params={"q": "lake at night"}).json()["moments"]
    assert found[0]["text"] == "We rowed across the lake at night."
    assert "lake" in found[0]["reason"]
    assert found[0]["at"] < time.time()


def test_the_talks_are_leafed_through_to_the_first_word(home: Home, there: TestClient):
    for day in range(4):
        home.now += 7200
        home.say(*(f"Line {day}-{n}." for n in range(25)))
    seen: list[int] = []
    before: dict[str, int] = {}
    while talks := there.get("/api/memory/talks", params=before).json()["talks"]:
        page_ = [moment["id"] for talk in talks for moment in talk["moments"]]
        assert page_ == sorted(page_)
        assert len(page_) <= 60
        seen = page_ + seen
        before = {"before": page_[0]}
    assert len(seen) == 200
    assert seen == sorted(set(seen))


def test_the_talks_of_a_day_are_found_by_its_time(home: Home, there: TestClient):
    home.say("The first evening.")
    between = home.now + 3600
    home.now += 7200
    home.say("The second evening.")
    talks = there.get("/api/memory/talks", params={"until": between}).json()["talks"]
    assert [moment["text"] for talk in talks for moment in talk["moments"]] == [
        "The first evening.",
        "I see.",
    ]
    assert there.get("/api/memory/talks", params={"until": 5}).json() == {"talks": []}


# ── letting go ──────────────────────────────────────────────────────────────────────────────


def test_what_would_go_is_shown_and_nothing_goes_without_a_yes(home: Home, there: TestClient):
    home.say("My sister is called Iris.", "I sold the car.")
    told = shown(there, words="everything about Iris")
    assert [moment["text"] for moment in told["loss"]["moments"]] == ["My sister is called Iris."]
    assert told["loss"]["people"] == ["Iris"]
    assert len(told["loss"]["beliefs"]) == 1
    assert len(home.life.moments.recent(10)) == 4
    assert home.forgotten == []


def test_after_the_yes_it_is_gone_and_the_house_was_told(home: Home, there: TestClient):
    home.say("My sister is called Iris.", "I sold the car.")
    plan = shown(there, words="everything about Iris")["plan"]
    answer = there.post("/api/memory/forget", json={"plan": plan})
    assert answer.status_code == 200
    receipt = answer.json()["receipt"]
    assert (receipt["moments"], receipt["beliefs"], receipt["people"], receipt["left"]) == (1, 1, 1, [])
    assert receipt["prompts"] == 1
    assert held(there) == {}
    assert not any("Iris" in moment.text for moment in home.life.moments.recent(10))
    assert [loss.what for loss in home.forgotten] == ["everything about Iris"]


def test_a_yes_counts_once(home: Home, there: TestClient):
    home.say("I sold the car.", "I bought a boat.")
    plan = shown(there, words="the car")["plan"]
    assert there.post("/api/memory/forget", json={"plan": plan}).status_code == 200
    again = there.post("/api/memory/forget", json={"plan": plan})
    assert again.status_code == 410
    assert "nothing was forgotten" in again.json()["error"]
    assert len(home.forgotten) == 1


def test_a_yes_that_comes_too_late_forgets_nothing(
    home: Home, there: TestClient, monkeypatch: pytest.MonkeyPatch
):
    home.say("I sold the car.")
    plan = shown(there, words="the car")["plan"]
    real = time.monotonic
    monkeypatch.setattr(page.time, "monotonic", lambda: real() + page.STANDS_S + 1)
    assert there.post("/api/memory/forget", json={"plan": plan}).status_code == 410
    assert home.forgotten == []


@pytest.mark.parametrize(
    "body", [{"plan": "guessed"}, {"plan": ""}, {"plan": None}, {}, {"words": "everything"}]
)
def test_nothing_goes_that_was_not_shown(home: Home, there: TestClient, body: object):
    home.say("I sold the car.")
    shown(there, words="everything")
    assert there.post("/api/memory/forget", json=body).status_code in (410, 422)
    assert home.forgotten == []
    assert len(home.life.moments.recent(10)) == 2


def test_of_what_she_does_not_keep_there_is_nothing_to_say_yes_to(home: Home, there: TestClient):
    home.say("I sold the car.")
    assert shown(there, words="everything about Norway")["plan"] is None


@pytest.mark.parametrize(
    "body", [{}, {"words": ""}, {"moment": 1, "talk": 1}, {"moment": "one"}, {"words": "x" * 301}]
)
def test_what_is_to_be_forgotten_must_be_one_thing(there: TestClient, body: object):
    answer = there.post("/api/memory/plan", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_a_line_a_talk_a_belief_and_a_book_can_each_go(home: Home, there: TestClient):
    home.say("My sister is called Iris.", "I sold the car.")
    home.now += 7200
    home.say("I hate cilantro.")
    there.post("/api/memory/books", params={"name": "sea.txt"}, content=b"The sea was grey that day.")
    first, second = there.get("/api/memory/talks").json()["talks"]
    (book,) = there.get("/api/memory/books").json()["books"]
    for what, gone in [
        ({"moment": first["moments"][0]["id"]}, ["My sister is called Iris."]),
        ({"talk": second["id"]}, ["I hate cilantro.", "I see."]),
    ]:
        told = shown(there, **what)
        assert [moment["text"] for moment in told["loss"]["moments"]] == gone
        assert len(told["loss"]["beliefs"]) == 1
    told = shown(there, belief=the_belief(there, "cilantro")["id"])
    assert [moment["text"] for moment in told["loss"]["moments"]] == ["I hate cilantro."]
    told = shown(there, book=book["id"])
    assert told["loss"]["books"] == ["sea"]
    there.post("/api/memory/forget", json={"plan": told["plan"]})
    assert there.get("/api/memory/books").json()["books"] == []
    assert there.get("/api/memory/search", params={"q": "grey sea"}).json()["passages"] == []


def test_a_long_loss_is_shown_in_part_and_counted_whole(home: Home, there: TestClient):
    for number in range(310):
        home.life.moments.record("person", f"Line {number}.", home.now + number)
    loss = shown(there, words="everything")["loss"]
    assert loss["everything"]
    assert len(loss["moments"]) == 300
    assert loss["moments_count"] == 310


def test_off_the_record_nothing_is_kept_until_she_may_again(home: Home, there: TestClient):
    assert there.get("/api/memory/beliefs").json()["off_the_record"] is False
    assert there.post("/api/memory/off-the-record", json={"off": True}).json() == {"off_the_record": True}
    home.life.record("person", "Nobody must know.", home.now)
    assert there.get("/api/memory/talks").json() == {"talks": []}
    assert there.get("/api/memory/beliefs").json()["off_the_record"] is True
    there.post("/api/memory/off-the-record", json={"off": False})
    home.say("This may be known.")
    assert len(there.get("/api/memory/talks").json()["talks"]) == 1


# ── reading and leaving ─────────────────────────────────────────────────────────────────────


def test_a_file_handed_over_is_read_at_once(there: TestClient):
    answer = there.post(
        "/api/memory/books", params={"name": "../The Lake.txt"}, content=b"The lake lay still.\n"
    )
    assert answer.status_code == 200
    assert [book["title"] for book in answer.json()["read"]] == ["The Lake"]
    found = there.get("/api/memory/search", params={"q": "still lake"}).json()
    assert found["moments"] == []
    assert found["passages"][0]["text"] == "The lake lay still."


def test_of_a_zip_every_file_is_read_and_what_cannot_be_is_said(there: TestClient):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.txt", "The first letter.")
        archive.writestr("empty.txt", "")
    answer = there.post("/api/memory/books", params={"name": "letters.zip"}, content=file.getvalue()).json()
    assert [book["title"] for book in answer["read"]] == ["letters: one"]
    assert len(answer["refused"]) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("broken.pdf", b"%PDF-1.7 nothing more"),
        ("broken.epub", b"PK\x03\x04 nothing more"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(there: TestClient, name: str, content: bytes):
    answer = there.post("/api/memory/books", params={"name": name}, content=content)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert there.get("/api/memory/books").json()["books"] == []


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_too_large_is_refused_before_it_is_taken_in(
    there: TestClient, monkeypatch: pytest.MonkeyPatch, announced: bool
):
    monkeypatch.setattr(page, "MOST_BYTES", 2 << 20)
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(8):
            taken += 1 << 20
            yield b"a" * (1 << 20)

    content = b"a" * (8 << 20) if announced else endless()
    answer = there.post("/api/memory/books", params={"name": "huge.txt"}, content=content)
    assert answer.status_code == 413
    assert "2 MB" in answer.json()["error"]
    assert there.get("/api/memory/books").json()["books"] == []


def test_all_of_it_can_be_taken_along(home: Home, there: TestClient):
    home.say("My sister is called Iris.")
    answer = there.post("/api/memory/export")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert "becoming-memory/manifest.json" in names
        rows = archive.read("becoming-memory/rows/turn.jsonl").decode().splitlines()
    assert json.loads(rows[0])["text"] == "My sister is called Iris."


# ── who may ─────────────────────────────────────────────────────────────────────────────────

CHANGES = [
    ("/api/memory/beliefs/1/right", {"value": "x"}),
    ("/api/memory/beliefs/1/never", {}),
    ("/api/memory/plan", {"words": "everything"}),
    ("/api/memory/forget", {"plan": "x"}),
    ("/api/memory/off-the-record", {"off": True}),
    ("/api/memory/books?name=a.txt", {}),
    ("/api/memory/export", {}),
]


@pytest.mark.parametrize(("path", "body"), CHANGES)
@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:9999", "null"])
def test_a_page_of_somebody_else_can_change_nothing(
    home: Home, there: TestClient, path: str, body: object, origin: str
):
    home.say("I hate cilantro.")
    answer = there.post(path, json=body, headers={"Origin": origin})
    assert answer.status_code == 403
    assert the_belief(there, "cilantro")["how"] is None
    assert not home.life.forgetting.is_off
    assert there.get("/api/memory/books").json()["books"] == []


@pytest.mark.parametrize("path", [path for path, _ in CHANGES if "books" not in path])
def test_nothing_is_changed_by_following_a_link(there: TestClient, path: str):
    assert there.get(path).status_code in (404, 405)


def test_another_device_without_the_pairing_sees_nothing(home: Home):
    far = TestClient(make_app(home, Door("a-token")), base_url=HERE, client=("192.168.1.9", 1))
    for path in ("/memory", "/api/memory/beliefs", "/api/memory/talks", "/api/memory/books"):
        assert far.get(path).status_code == 403


def test_nothing_of_her_memory_stays_in_the_browsers_cache(home: Home, there: TestClient):
    home.say("I hate cilantro.")
    for path in ("/api/memory/beliefs", "/api/memory/talks", "/api/memory/search?q=cilantro"):
        assert there.get(path).headers["cache-control"] == "no-store"
