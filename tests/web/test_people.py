"""The page of the person's people, over HTTP, on a real memory."""

from __future__ import annotations

import pytest

from tests.web import people_lived
from tests.web.remembering import DAY


def _one(client, name):
    return next(each for each in client.get("/api/people").json()["people"] if each["name"] == name)


def test_everybody_is_there_with_since_when_last_and_what_it_rests_on(client, home):
    home.say("My sister is called Iris.")
    home.now += 3 * DAY
    home.say("Iris lives in Denver.")
    iris = _one(client, "Iris")
    assert (iris["kin"], iris["times"]) == ("sister", 2)
    assert iris["first"]["text"] == "My sister is called Iris."
    assert iris["last"]["at"] - iris["first"]["at"] > 2 * DAY
    assert [fact["text"] for fact in iris["facts"]] == ["Iris lives in Denver"]


def test_somebody_is_marked_and_it_is_taken_back(client, home):
    home.say("My sister is called Iris.")
    home.care.records.trust("Iris", "")
    id_ = _one(client, "Iris")["id"]
    for what in ("unsafe", "quiet"):
        client.post(f"/api/people/{id_}/mark", json={"what": what, "on": True})
        assert _one(client, "Iris")[what]
    assert home.care.records.to_suggest == "", "nobody unsafe is suggested in a dark hour"
    assert home.life.unsayable("And Iris?")
    for what in ("unsafe", "quiet"):
        client.post(f"/api/people/{id_}/mark", json={"what": what, "on": False})
        assert not _one(client, "Iris")[what]
    assert home.life.unsayable("And Iris?") is None


def test_a_name_is_put_right(client, home):
    home.say("My sister is called Iris.")
    id_ = _one(client, "Iris")["id"]
    client.post(f"/api/people/{id_}/name", json={"words": "Irene"})
    assert _one(client, "Irene")["id"] == id_
    assert client.post(f"/api/people/{id_}/name", json={"words": "  "}).status_code == 422
    assert "not know them" in client.post("/api/people/99/name", json={"words": "Bo"}).json()["error"]


def test_what_she_is_to_keep_to_is_written_in_and_taken_back(client):
    shown = client.post("/api/people/keeps", json={"words": "Don't talk about work after nine"}).json()
    [rule] = shown["keeps"]
    assert rule["text"] == "you asked not to hear of work after nine"
    client.post(f"/api/memory/beliefs/{rule['id']}/never", json={})
    assert client.get("/api/people").json()["keeps"] == []
    assert "Write it like" in client.post("/api/people/keeps", json={"words": "be nice"}).json()["error"]


def test_measures_are_kept_shown_and_taken_away(client):
    answered = client.post("/api/people/measures/ucla3", json={"answers": [1, 2, 0]}).json()["answered"]
    assert answered["score"] == 6
    assert client.get("/api/people").json()["measured"] == [answered]
    gone = client.post("/api/people/take-away", json={"kind": "ucla3", "at": answered["at"]})
    assert gone.json()["measured"] == []
    assert client.post("/api/people/measures/ucla3", json={"answers": [1]}).status_code == 400


def test_a_week_is_counted_from_what_was_told_and_from_what_was_answered(client, home):
    home.say("I rang my mum.", "I had coffee with Leo.")
    weeks = client.get("/api/people").json()["weeks"]
    assert sum(week["told"] for week in weeks) == 2
    shown = client.post("/api/people/weeks", json={"week": weeks[-2]["monday"], "talks": 4}).json()
    assert shown["weeks"][-2]["answered"] == 4


def test_a_rehearsal_is_shown_and_forgotten_once_it_was_seen_what_goes(client, home):
    assert client.get("/api/people").json()["rehearsed"] == []
    people_lived.practise(home)
    latest, first = client.get("/api/people").json()["rehearsed"]
    assert latest["at"] > first["at"]
    assert (first["worked"], first["went"]) == (people_lived.WORKED, people_lived.WENT)
    shown = client.post("/api/memory/plan", json={"rehearsal": first["at"]}).json()
    assert shown["loss"]["notes"] == ["a note on a rehearsal"]
    assert people_lived.WENT in [each["text"] for each in shown["loss"]["moments"]]
    client.post("/api/memory/forget", json={"plan": shown["plan"]})
    assert client.get("/api/people").json()["rehearsed"] == [latest]
    assert people_lived.WENT not in [each.text for each in home.life.moments.recent(99)]
    assert client.post("/api/memory/plan", json={"rehearsal": first["at"]}).json()["plan"] is None


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("1/mark", {"what": "ugly", "on": True}),
        ("weeks", {"week": 0, "talks": -1}),
        ("weeks", {"week": 0, "talks": 2_000}),
        ("measures/phq9", {"answers": [1]}),
        ("measures/who5", {"answers": [9] * 5}),
        ("take-away", {"kind": "who5", "at": 1}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client, path, body):
    answer = client.post(f"/api/people/{path}", json=body)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]
