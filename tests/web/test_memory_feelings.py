"""What the picture of weeks asks for: points, one moment, and the person's hand to put it right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from becoming.events import Feeling
from becoming.store import Store, folder_of
from becoming.web.door import COOKIE, Door
from becoming.web.server import make_app
from tests.e2e.house import PASSPHRASE
from tests.web.remembering import DAY, Home

JOY = Feeling(0.6, 0.65, 0.9, (("joy", 0.9), ("relief", 0.3)))
UNSURE = Feeling(0.05, 0.4, 0.4)


class There:
    """A house, and a browser at it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.http = TestClient(
            make_app(cast(Any, home), Door("a-token")),
            base_url="http://127.0.0.1",
            cookies={COOKIE: "a-token"},
        )

    def feel(self, line: str, feeling: Feeling) -> int:
        moment = self.home.talk(line, "I see.")
        self.home.life.feel(moment, feeling)
        return moment.id


@pytest.fixture
def there(tmp_path: Path) -> Iterator[There]:
    store = Store.open(folder_of(tmp_path), PASSPHRASE)
    yield There(Home(store))
    store.close()


def test_of_a_new_memory_there_is_nothing_to_draw(there):
    assert there.http.get("/api/memory/feelings").json() == {"points": [], "first": None}


def test_each_moment_of_the_time_is_a_point_without_its_words(there):
    there.home.now -= 30 * DAY
    there.feel("We got the flat!", JOY)
    first = there.home.now
    there.home.now += 20 * DAY
    later = there.feel("The bus came.", UNSURE)
    answer = there.http.get("/api/memory/feelings", params={"since": first + DAY}).json()

    assert answer["first"] == pytest.approx(first, abs=0.001)
    [point] = answer["points"]
    assert point.pop("at") == pytest.approx(there.home.now, abs=0.001)
    assert point == {
        "id": later,
        "valence": 0.05,
        "arousal": 0.4,
        "strength": 0.0,
        "sure": False,
        "word": "",
        "own": False,
    }


def test_a_point_opens_its_moment(there):
    moment = there.feel("We got the flat!", JOY)
    whole = there.http.get(f"/api/memory/feelings/{moment}").json()

    assert whole["moment"]["text"] == "We got the flat!"
    assert whole["word"] == "happy"
    assert whole["emotions"] == [
        {"word": "happy", "intensity": 0.9},
        {"word": "relieved", "intensity": 0.3},
    ]
    assert whole["guess"] is None


def test_the_person_says_what_it_was_and_the_guess_stays_to_be_read(there):
    moment = there.feel("We got the flat!", JOY)
    whole = there.http.post(f"/api/memory/feelings/{moment}/otherwise", json={"value": "a bit tired"}).json()

    assert whole["own"]
    assert whole["emotions"] == [{"word": "tired", "intensity": 0.5}]
    assert whole["guess"][0]["word"] == "happy"
    assert there.home.life.corrections()[0][0] == "We got the flat!"


def test_only_not_so_is_an_answer_too(there):
    moment = there.feel("We got the flat!", JOY)
    whole = there.http.post(f"/api/memory/feelings/{moment}/otherwise", json={}).json()

    assert (whole["own"], whole["word"], whole["emotions"]) == (True, "", [])


def test_a_word_that_is_no_feeling_is_refused_with_the_reason(there):
    moment = there.feel("We got the flat!", JOY)
    answer = there.http.post(f"/api/memory/feelings/{moment}/otherwise", json={"value": "flumpy"})

    assert answer.status_code == 400
    assert "flumpy" in answer.json()["error"]
    assert there.home.life.feelings.of(moment).feeling == JOY


def test_a_guess_is_taken_away_once(there):
    moment = there.feel("We got the flat!", JOY)

    assert there.http.post(f"/api/memory/feelings/{moment}/away", json={}).status_code == 200
    assert there.http.get("/api/memory/feelings").json()["points"] == []
    again = there.http.post(f"/api/memory/feelings/{moment}/away", json={})
    assert again.status_code == 400
    assert "Look at the page anew" in again.json()["error"]


@pytest.mark.parametrize("moment", ["0", "-1", "99", "9999999999999999999999"])
def test_a_moment_that_is_not_there_is_no_fault_of_hers(there, moment):
    assert there.http.get(f"/api/memory/feelings/{moment}").status_code in (400, 422)


def test_ten_thousand_moments_are_drawn_from_one_answer(there):
    from sqlalchemy import insert

    from becoming.store.schema import emotion, feeling, session, turn

    count, now = 10_000, round(there.home.now * 1000)
    there.home.life.moments.begin_session(there.home.now)
    with there.home.life._store.write() as connection:
        talk = connection.execute(
            insert(session).values(began=now, ended=now).returning(session.c.id)
        ).scalar()
        moments = range(1, count + 1)
        said = {"session": talk, "speaker": 1, "text": "so", "via": "text", "interrupted": False}
        connection.execute(insert(turn), [{**said, "id": n, "said": now - 700_000 * n} for n in moments])
        read = {"source": "words", "valence": 0.5, "arousal": 0.5, "confidence": 0.9}
        connection.execute(insert(feeling), [{**read, "turn": n} for n in moments])
        connection.execute(
            insert(emotion),
            [{"turn": n, "source": "words", "name": "joy", "intensity": 0.8} for n in moments],
        )
    answer = there.http.get("/api/memory/feelings").json()

    assert len(answer["points"]) == count
