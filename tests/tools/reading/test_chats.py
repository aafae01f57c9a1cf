from __future__ import annotations

import json

import pytest

from becoming.events import InputError
from tests.tools.reading.making import read_bytes


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        ("13/05/2024, 14:33 - ", "13/05/2024, 14:34 - ", "13 May 2024"),
        ("5/13/24, 2:33 PM - ", "5/13/24, 2:34 PM - ", "13 May 2024"),
        ("5/13/24, 2:33\u202fPM - ", "5/13/24, 2:34\u202fPM - ", "13 May 2024"),
        ("13.05.24, 14:33 - ", "13.05.24, 14:34 - ", "13 May 2024"),
        ("[13.05.24, 14:33:10] ", "\u200e[13.05.24, 14:33:11] ", "13 May 2024"),
        ("[5/13/24, 2:33:10 PM] ", "[5/13/24, 2:33:11 PM] ", "13 May 2024"),
        ("2024-05-13, 14:33 - ", "2024-05-13, 14:34 - ", "13 May 2024"),
        ("03/05/2024, 14:33 - ", "03/05/2024, 14:34 - ", "3 May 2024"),  # either way: the day comes first
        ("5/3/24, 2:33 PM - ", "5/3/24, 2:34 PM - ", "3 May 2024"),  # an American phone
    ],
)
def test_whatsapp_is_read_in_the_style_of_every_phone(tmp_path, first, second, day):
    text = f"{first}Anna: Are you\ncoming: tonight?\n{second}Theo: Yes"
    document = read_bytes(tmp_path, "chat.txt", text.encode())
    assert document.form == "whatsapp"
    [excerpt] = document.excerpts
    assert excerpt.place == f"{day}, Anna, Theo"
    assert excerpt.text == "Anna: Are you\ncoming: tonight?\nTheo: Yes"


def test_the_order_of_the_days_tells_which_number_is_the_month(tmp_path):
    days = ["01/02/2024", "02/02/2024", "03/02/2024", "01/03/2024"]  # only day first runs forward
    text = "\n".join(f"{day}, 10:00 - Anna: Hello" for day in days)
    places = [e.place for e in read_bytes(tmp_path, "c.txt", text.encode()).excerpts]
    assert places[-1] == "1 March 2024, Anna"


def test_notices_and_left_out_pictures_are_no_words_of_anybody(tmp_path):
    text = (
        "12/05/2024, 14:32 - Messages and calls are end-to-end encrypted.\n"
        "12/05/2024, 14:33 - Anna: <Media omitted>\n"
        "12/05/2024, 14:34 - Theo: Lovely"
    )
    [excerpt] = read_bytes(tmp_path, "c.txt", text.encode()).excerpts
    assert excerpt.text == "Theo: Lovely"


def test_a_diary_with_dates_is_no_chat(tmp_path):
    assert read_bytes(tmp_path, "d.txt", b"12.05.2024\n\nToday was long.").form == "text"


def test_telegram_is_read_with_its_links_and_without_its_notices(tmp_path):
    chat = {
        "name": "Anna",
        "messages": [
            {"type": "service", "date": "2024-05-02T10:00:00", "text": ""},
            {"type": "message", "date": "2024-05-03T10:00:00", "from": "Anna", "text": "Hi"},
            {
                "type": "message",
                "date": "2024-05-03T10:01:00",
                "from": None,
                "text": ["See ", {"type": "link", "text": "x.org"}, " \ud800"],
            },
        ],
    }
    document = read_bytes(tmp_path, "result.json", json.dumps(chat).encode())
    assert (document.title, document.form) == ("Chat with Anna", "telegram")
    [excerpt] = document.excerpts
    assert excerpt.place == "3 May 2024, Anna, somebody"
    assert excerpt.text == "Anna: Hi\nsomebody: See x.org ?"
    everything = {"chats": {"list": [chat, {**chat, "name": "Bo"}]}}
    both = read_bytes(tmp_path, "result.json", json.dumps(everything).encode())
    assert (both.title, len(both.excerpts)) == ("Telegram", 2)


@pytest.mark.parametrize("data", [b"[" * 100_000, b"{", b'{"a": 1}', b"[1]", b'{"chats": {"list": 3}}', b"3"])
def test_other_json_is_refused(tmp_path, data):
    with pytest.raises(InputError, match=r"x\.json cannot be read"):
        read_bytes(tmp_path, "x.json", data)
