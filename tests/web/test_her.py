"""The page of who she has become, over HTTP, on a real memory."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import insert

from becoming.store.schema import thought, trait
from tests.web.remembering import Home

ASKED = {"name": "asks in the evening", "step": -0.2, "because": "twice you said you were tired"}


def _thinks(home: Home, text: str) -> int:
    with home._store.write() as connection:
        new = insert(thought).values(kind="dream", text=text, made=round(time.time() * 1000))
        return int(connection.execute(new.returning(thought.c.id)).scalar_one())


def test_a_change_says_since_when_and_why_and_is_taken_back(client, home):
    with home._store.write() as connection:
        connection.execute(insert(trait).values(at=1_760_000_000_000, **ASKED))
    [change] = client.get("/api/her").json()["changes"]
    assert "fewer questions in the evening, because twice you said you were tired" in change["told"]
    [after] = client.post(f"/api/her/changes/{change['id']}/undo").json()["changes"]
    assert after["undone"]
    assert home.regrown == 1, "the running talk must not go on as she was"
    again = client.post(f"/api/her/changes/{change['id']}/undo")
    assert again.status_code == 400
    assert "no change" in again.json()["error"]


def test_growth_is_switched_off_and_on(client, home):
    assert client.get("/api/her").json()["grows"] is True
    assert client.post("/api/her/grows", json={"on": False}).json()["grows"] is False
    assert home.grows is False


def test_the_portrait_holds_what_was_said_and_what_the_person_writes_in(client, home):
    home.say("I live in Leeds.", "My sister is called Iris.")
    told = client.post("/api/her/portrait", json={"words": "I'd rather be asked in the morning"}).json()
    parts = {part["part"]: [line["text"] for line in part["lines"]] for part in told["portrait"]}
    assert any("Leeds" in line for line in parts["who you are"])
    assert any("Iris" in line for line in parts["your people"])
    assert any("asked in the morning" in line for lines in parts.values() for line in lines)
    assert client.post("/api/her/portrait", json={"words": "  "}).status_code == 422


def test_a_thought_that_was_let_go_is_nowhere_any_more(client, home):
    kept = _thinks(home, "the house with the blue door")
    [shown] = client.get("/api/her").json()["thoughts"]
    assert shown["text"] == "the house with the blue door"
    assert client.post(f"/api/her/thoughts/{kept}/let-go").json()["thoughts"] == []
    assert home.life.brings() is None
    assert client.post(f"/api/her/thoughts/{kept}/let-go").status_code == 400


def test_what_she_means_to_ask_is_shown_and_can_be_dropped(client, home):
    home.say("I'm meeting someone on Saturday.")
    [asks] = client.get("/api/her").json()["asks"]
    assert asks["due"] > home.now
    assert client.post(f"/api/her/asks/{asks['id']}/drop").json()["asks"] == []
    home.now = asks["due"] + 3600 * 12
    assert home.life.brings() is None


def test_how_much_she_begins_by_herself_is_the_persons_choice(client, home):
    home.say("I'm meeting someone on Saturday.")
    due = client.get("/api/her").json()["asks"][0]["due"]
    home.now = due + 60
    assert home.life.brings() is not None
    chosen = client.post("/api/her/initiative", json={"level": "never", "quiet": [21, 9]}).json()
    assert chosen["initiative"] == {"level": "never", "quiet": [21, 9]}
    assert home.life.brings() is None
    hour = time.localtime(home.now).tm_hour
    client.post("/api/her/initiative", json={"level": "page", "quiet": [hour, (hour + 1) % 24]})
    assert home.life.brings() is None, "these are quiet hours now"
    client.post("/api/her/initiative", json={"level": "page", "quiet": [(hour + 1) % 24, (hour + 2) % 24]})
    assert home.life.brings() is not None


@pytest.mark.parametrize(
    "bad", [{"level": "always", "quiet": [22, 8]}, {"level": "hello", "quiet": [22, 24]}, {"level": "hello"}]
)
def test_what_is_no_choice_is_refused_and_nothing_changes(client, home, bad):
    answer = client.post("/api/her/initiative", json=bad)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]
    assert client.get("/api/her").json()["initiative"] == {"level": "hello", "quiet": [22, 8]}
