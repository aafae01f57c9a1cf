"""The care page over HTTP: the plan in their own hand, the numbers, a flag, the protocol, leaving for good."""

from __future__ import annotations

import pytest

from becoming.care import protocol
from tests.web.remembering import Home


def test_a_plan_written_by_hand_is_kept_and_shown(client, home):
    shown = client.post(
        "/api/care/plan", json={"plan": {"signs": ["I stop eating lunch"], "people": ["Iris"]}}
    ).json()
    assert shown["plan"]["signs"] == ["I stop eating lunch"]
    assert len(shown["steps"]) == 6
    again = Home(home._store)
    assert again.care.records.plan["people"] == ["Iris"]


@pytest.mark.parametrize(
    "bad",
    [
        {"nonsense": []},
        {"signs": "x"},
        {"signs": ["x" * 400]},
        {"signs": ["a"] * 5 + [str(n) for n in range(20)]},
    ],
)
def test_a_plan_that_is_none_is_refused_with_a_sentence_and_nothing_is_lost(client, bad):
    client.post("/api/care/plan", json={"plan": {"signs": ["mine"]}})
    answer = client.post("/api/care/plan", json={"plan": bad})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]
    assert client.get("/api/care").json()["plan"]["signs"] == ["Mine"]


def test_the_numbers_say_what_they_rest_on(client):
    numbers = client.get("/api/care").json()["numbers"]
    assert numbers["line"]["phone"] == "116 123"
    assert numbers["line"]["how"]
    assert numbers["emergency"] == "112"
    assert numbers["finder"] == "https://findahelpline.com"


def test_a_reply_is_flagged_at_a_tap_and_seen_again(client):
    client.post("/api/care/flag", json={"said": "At least she was old."})
    shown = client.get("/api/care").json()
    assert [each["said"] for each in shown["flags"]] == ["At least she was old."]
    assert next(iter(shown["counts"].values())) == {"replies flagged": 1}


def test_a_country_that_is_none_is_refused(client):
    assert client.post("/api/care/country", json={"country": "Narnia"}).status_code == 400
    assert client.post("/api/care/country", json={"country": "NZ"}).status_code == 200


def test_the_published_protocol_is_served_as_it_runs(client):
    text = client.get("/care/protocol").text
    assert text == protocol.published()
    assert protocol.digest() in text


def test_without_a_yes_nobody_leaves(client, home):
    assert client.post("/api/care/goodbye", json={"yes": False}).json() == {"gone": ""}
    assert client.post("/api/care/goodbye", json={}).status_code == 422
    assert home.left is None


def test_leaving_for_good_says_where_it_all_is_and_that_nothing_is_left(client, home):
    home.say("I saw a heron at the lock this morning.")
    words = client.post("/api/care/goodbye", json={"yes": True}).json()["gone"]
    assert home.left is not None
    assert str(home.left.folder) in words
    assert "heron" in (home.left.folder / "letter.md").read_text("utf-8")
    assert not home.folder.exists()
    assert client.get("/api/care").json() == {"gone": words}


def test_what_is_forgotten_is_out_of_the_plan_too(client, home):
    home.care.records.write_plan({"people": ["My sister Henrietta on the hill", "Sam from work"]})
    home.say("My sister Henrietta on the hill called.")
    loss = home.life.plan_forgetting("everything about Henrietta")
    assert "safety_plan" in loss.notes
    home.life.forget(loss)
    home.care.reread()
    assert home.care.records.plan["people"] == ["Sam from work"]
