"""The switch of how the person sounds: hers to keep, theirs to move."""

from __future__ import annotations

import httpx2

from becoming.feelings.voice import Sounding


async def test_the_switch_is_off_until_it_is_tapped_and_the_time_is_kept(house):
    notes: dict = {}
    opened = await house()
    opened.host.sounding = Sounding(notes.get, notes.__setitem__, lambda: 1_700_000_000.0)
    async with httpx2.AsyncClient(base_url=opened.url) as page:
        assert (await page.get("/api/sounding")).json() == {"there": True, "given": False, "at": None}
        tapped = await page.put("/api/sounding", json={"given": True})
        assert tapped.json() == {"there": True, "given": True, "at": 1_700_000_000.0}
        assert notes["voice_feelings"] == {"given": True, "at": 1_700_000_000.0}
        assert (await page.put("/api/sounding", json={"given": False})).json()["given"] is False
        assert (await page.put("/api/sounding", json={})).status_code == 422


async def test_without_that_part_there_is_no_switch(house):
    opened = await house()
    async with httpx2.AsyncClient(base_url=opened.url) as page:
        assert (await page.get("/api/sounding")).json() == {"there": False}
        refused = await page.put("/api/sounding", json={"given": True})
    assert refused.status_code == 400
    assert "no ear" in refused.json()["error"]
