"""The talk as it is seen: moods, captions, writing, hands. The wire is spoken by the test."""

from __future__ import annotations

import base64

import pytest

from tests.e2e.conftest import Visiting
from tests.e2e.page_visit import Visit
from tests.e2e.page_wire import ScriptedWire

pytestmark = pytest.mark.slow

BORN = {
    "born": True,
    "name": "Maeve",
    "person": "Theo",
    "notice": "",
    "captions": True,
    "version": "0",
    "microphone_hint": "",
    "last_talk": "You last talked yesterday evening.",
}

PICTURE = "document.querySelector('#shape canvas').toDataURL()"
ASKED = """() => {
    window.asked = 0;
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => { window.asked += 1; return ask(wanted); };
}"""


async def test_nothing_is_asked_or_opened_before_the_first_touch(visit: Visiting) -> None:
    there = await visit()
    await there.page.evaluate(ASKED)
    assert "microphone" in await there.text("#welcome-microphone")
    assert there.wire.addresses == []
    assert await there.page.evaluate("window.asked") == 0
    await there.wake()
    assert await there.page.evaluate("window.asked") == 1
    assert len(there.wire.addresses) == 1


async def test_it_says_that_she_is_software_in_every_view(visit: Visiting) -> None:
    there = await visit(house=BORN)
    assert "software" in await there.text("footer")
    await there.wake()
    assert await there.page.is_visible("footer")


async def test_somebody_known_is_welcomed_by_name_and_told_of_the_last_talk(visit: Visiting) -> None:
    there = await visit(house=BORN)
    assert await there.text("#welcome-title") == "Maeve is here, Theo."
    assert await there.text("#welcome-last") == "You last talked yesterday evening."
    assert await there.page.title() == "Maeve"


async def through_the_moods(there: Visit) -> dict[str, tuple[str, str]]:
    """The picture and the words of each mood, with nothing moving."""
    seen: dict[str, tuple[str, str]] = {}

    async def look(mood: str) -> None:
        await there.until(mood=mood)
        seen[mood] = (await there.page.evaluate(PICTURE), await there.text("#mood"))

    seen["asleep"] = (await there.page.evaluate(PICTURE), "")
    await there.wake()
    await look("listening")
    there.wire.hears("well")
    await look("hearing")
    there.wire.understands("well, hello")
    await look("thinking")
    item = there.wire.begins("Hello you.", 5000)
    await look("speaking")
    there.wire.send({"type": "becoming.duck", "item_id": item, "gain": 0.2})
    await look("ducked")
    return seen


async def test_each_of_the_six_moods_has_a_form_and_words_of_its_own(visit: Visiting) -> None:
    there = await visit(house=BORN, reduced_motion="reduce")
    seen = await through_the_moods(there)
    assert set(seen) == {"asleep", "listening", "hearing", "thinking", "speaking", "ducked"}
    assert len({picture for picture, _ in seen.values()}) == 6
    assert len({words for _, words in seen.values()}) == 6


async def test_the_moods_differ_by_form_even_without_any_colour(visit: Visiting) -> None:
    there = await visit(house=BORN, reduced_motion="reduce", forced_colors="none")
    await there.page.add_style_tag(url="/static/css/tokens.css")
    await there.page.evaluate(
        """for (const name of ['near', 'far', 'heart'])
             document.documentElement.style.setProperty(`--ring-${name}`, '#808080')"""
    )
    await there.page.emulate_media(color_scheme="dark")  # makes the shape read its colours again
    seen = await through_the_moods(there)
    assert len({picture for picture, _ in seen.values()}) == 6


async def test_the_shape_rests_when_nothing_moves(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.page.evaluate("""() => {
        window.drawn = 0;
        const clear = CanvasRenderingContext2D.prototype.clearRect;
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
            window.drawn += 1;
            return clear.apply(this, box);
        };
        window.still = async () => {
            const before = window.drawn;
            for (let i = 0; i < 60; i += 1) await new Promise(requestAnimationFrame);
            return window.drawn === before;
        };
    }""")
    await there.page.wait_for_function("() => window.still()")
    await there.wake()
    assert await there.page.evaluate("window.still()") is False
    await there.page.click("#rest")
    await there.page.wait_for_function("() => window.still()")


async def test_captions_show_the_last_exchange_only(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    wire = there.wire
    wire.hears("I walked")
    await there.reads(".exchange .you", "I walked")
    wire.understands("I walked home")
    item = wire.begins("Was it far?", 200)
    wire.ends(item, "Was it far?")
    await there.reads("#said", "Was it far?")
    wire.hears("Not really")
    await there.page.wait_for_function("() => document.querySelectorAll('.exchange').length === 1")
    assert await there.text("#captions") == "Not really"


async def test_of_a_reply_that_was_cut_only_what_was_heard_stays(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    item = there.wire.begins("That sounds heavy. What happened next?", 3000)
    await there.until(mood="speaking")
    there.wire.ends(item, "That sounds heavy.", status="cancelled")
    await there.page.wait_for_function(
        "() => document.querySelector('.her').textContent === 'That sounds heavy.'"
    )


async def test_captions_can_be_switched_off_and_stay_off(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    await there.page.click("#menu-button")
    await there.page.click("#set-captions")
    assert await there.page.is_hidden("#captions")
    await there.page.reload()
    await there.page.wait_for_selector("#wake:visible")
    await there.wake()
    item = there.wire.begins("You can hear this.", 200)
    there.wire.ends(item, "You can hear this.")
    await there.until(mood="listening")
    assert await there.page.is_hidden("#captions")
    assert await there.text("#said") == ""


async def test_a_written_line_is_sent_as_a_turn_and_shown(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake_writing()
    await there.page.fill("#line", "I can't talk aloud here.")
    await there.page.keyboard.press("Enter")
    sent = await there.wire.waits_for("conversation.item.create")
    assert sent["item"]["content"] == [{"type": "input_text", "text": "I can't talk aloud here."}]
    assert sent["item"]["role"] == "user"
    await there.wire.waits_for("response.create")
    await there.until(mood="thinking")
    assert await there.text("#captions .you") == "I can't talk aloud here."
    assert await there.page.input_value("#line") == ""


async def test_who_would_rather_write_is_never_asked_for_a_microphone(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.page.evaluate(ASKED)
    await there.wake_writing()
    assert await there.page.evaluate("window.asked") == 0
    assert await there.page.evaluate("document.activeElement.id") == "line"


async def test_whoever_begins_to_type_gets_a_line_with_that_letter(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    await there.page.evaluate("document.activeElement.blur()")
    await there.page.keyboard.type("hello")
    assert await there.page.input_value("#line") == "hello"
    await there.page.keyboard.press("Escape")
    assert await there.page.is_hidden("#writing")


async def test_the_small_sounds_of_listening_can_be_switched_off(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    await there.page.click("#menu-button")
    await there.page.click("#set-backchannels")
    wanted = {"becoming": {"backchannels": False}}
    await there.wire.waits_for("session.update", lambda event: event["session"] == wanted)


def loud(wire: ScriptedWire) -> list[bool]:
    """Of each packet of the microphone: whether there is any sound in it."""
    return [any(base64.b64decode(event["audio"])) for event in wire.of("input_audio_buffer.append")]


async def test_push_to_talk_sends_silence_until_space_is_held(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.page.click("#menu-button")
    await there.page.click("#set-hold")
    await there.page.keyboard.press("Escape")
    await there.wake()
    await there.page.evaluate("document.activeElement.blur()")
    await there.page.wait_for_selector("#hold:visible")
    assert await there.text("#mood") == "hold to talk"
    await there.wire.waits_for("input_audio_buffer.append")
    assert not any(loud(there.wire))
    await there.page.keyboard.down("Space")
    await there.wire.waits_for(
        "input_audio_buffer.append", lambda event: any(base64.b64decode(event["audio"]))
    )
    there.wire.hears("hello")
    await there.until(mood="hearing")
    await there.page.keyboard.up("Space")
    await there.wire.waits_for("input_audio_buffer.commit")
    count = len(there.wire.of("input_audio_buffer.append"))
    await there.wire.waits_for(
        "input_audio_buffer.append", lambda _: len(there.wire.of("input_audio_buffer.append")) > count + 5
    )
    assert not any(loud(there.wire)[count + 1 :])


async def test_holding_the_button_over_her_stops_her(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.page.click("#menu-button")
    await there.page.click("#set-hold")
    await there.page.keyboard.press("Escape")
    await there.wake()
    there.wire.begins("I could go on for a long time about this", 5000)
    await there.until(mood="speaking")
    await there.page.hover("#hold")
    await there.page.mouse.down()
    await there.wire.waits_for("response.cancel")
    await there.until(mood="listening")
    assert await there.page.get_attribute("#hold", "aria-pressed") == "true"
    await there.page.mouse.up()
    assert await there.page.get_attribute("#hold", "aria-pressed") == "false"


async def test_letting_her_rest_gives_the_microphone_back(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    await there.page.click("#rest")
    await there.until(mood="asleep", microphone=False)
    await there.page.click("#shape")
    await there.until(mood="listening", microphone=True)


async def test_everything_can_be_done_from_the_keyboard(visit: Visiting) -> None:
    there = await visit(house=BORN)
    reached: list[str] = []
    await there.page.keyboard.press("Tab")
    await there.page.keyboard.press("Tab")
    assert await there.page.evaluate("document.activeElement.id") == "wake"
    await there.page.keyboard.press("Enter")
    await there.until(link="open", mood="listening")
    for _ in range(4):
        await there.page.keyboard.press("Tab")
        reached.append(await there.page.evaluate("document.activeElement.id"))
    assert {"menu-button", "write", "rest"} <= set(reached)


async def test_birth_asks_takes_a_choice_and_shows_the_name(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    choices = [{"id": "low", "label": "A warm, low one"}, {"id": "bright", "label": "A bright one"}]
    there.wire.send(
        {"type": "becoming.birth", "step": "name", "text": "What should I call you?", "expects": "text"}
    )
    await there.until(view="birth")
    assert await there.text("#birth-words") == "What should I call you?"
    await there.page.fill("#line", "Theo")
    await there.page.keyboard.press("Enter")
    answer = await there.wire.waits_for("becoming.birth.answer")
    assert (answer["step"], answer["text"]) == ("name", "Theo")
    there.wire.send(
        {
            "type": "becoming.birth",
            "step": "voice",
            "text": "Whose voice?",
            "expects": "choice",
            "choices": choices,
        }
    )
    await there.press("A bright one")
    answer = await there.wire.waits_for("becoming.birth.answer", lambda event: event["step"] == "voice")
    assert answer["choice"] == "bright"
    there.wire.send(
        {
            "type": "becoming.birth", "step": "named", "text": "I am Maeve.", "expects": "none", "done": True,
            "being": {"name": "Maeve", "why": "It begins like maybe."},
        }
    )  # fmt: skip
    await there.page.get_by_role("heading", name="Maeve").wait_for()
    assert await there.text("#birth-why") == "It begins like maybe."
    await there.press("Begin")
    await there.until(view="talk")
    assert await there.text("#name") == "Maeve"


async def test_birth_shows_her_words_as_they_sound_and_what_it_understood(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    there.wire.send({"type": "becoming.birth", "step": "name", "text": "Who are you?", "expects": "text"})
    await there.until(view="birth")
    there.wire.hears("I'm Theo")
    await there.reads("#birth-heard", "I'm Theo")
    there.wire.understands("I'm Theo.")
    there.wire.begins("Theo. I like that.", 300)
    await there.reads("#birth-words", "Theo. I like that.")


async def test_what_others_say_is_text_and_never_markup(visit: Visiting) -> None:
    there = await visit(house=BORN | {"name": "<img src=x onerror=alert(1)>"})
    await there.wake()
    there.wire.hears("<b>bold</b>")
    await there.reads("#captions .you", "<b>bold</b>")
    there.wire.send({"type": "becoming.fault", "kind": "x", "message": "<script>alert(1)</script>"})
    await there.reads("#trouble", "<script>alert(1)</script>")
    assert await there.page.locator("#captions b, #trouble script, h1 img").count() == 0


async def test_listening_to_how_one_sounds_is_off_until_it_is_switched_on_and_she_keeps_it(
    visit: Visiting,
) -> None:
    there = await visit(house=BORN)

    async def switched() -> bool:
        await there.page.click("#menu-button")
        await there.page.wait_for_selector("#set-sounding:visible")
        return await there.page.is_checked("#set-sounding")

    assert not await switched()
    async with there.page.expect_response("**/api/sounding"):
        await there.page.click("#set-sounding")
    await there.page.evaluate("localStorage.clear()")
    await there.page.reload()
    await there.page.wait_for_selector("#wake:visible")
    assert await switched()
    async with there.page.expect_response("**/api/sounding"):
        await there.page.click("#set-sounding")
    await there.page.wait_for_selector("#set-sounding:not(:checked)")
