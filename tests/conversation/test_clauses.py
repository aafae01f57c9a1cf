"""Cutting a stream into clauses that can be spoken."""

from collections.abc import AsyncGenerator

from hypothesis import given
from hypothesis import strategies as st

from becoming.conversation.clauses import clauses


async def deltas(*parts: str) -> AsyncGenerator[str]:
    for part in parts:
        yield part


async def cut(*parts: str, begun: bool = False) -> list[str]:
    return [clause async for clause in clauses(deltas(*parts), begun)]


async def test_the_first_clause_may_end_at_a_comma_the_later_ones_do_not() -> None:
    assert await cut("In front of everyone, really? And then, later,", " what?") == [
        "In front of everyone,",
        "really?",
        "And then, later, what?",
    ]


async def test_a_sentence_is_out_as_soon_as_its_mark_has_come() -> None:
    stream = clauses(deltas("Ouch", ".", " In front of everyone?"))
    assert await anext(stream) == "Ouch."
    await stream.aclose()


async def test_a_decimal_point_and_an_abbreviation_end_nothing() -> None:
    assert await cut("It weighs 3", ".", "5 kilos, says Dr", ". ", "Lee.", begun=True) == [
        "It weighs 3.5 kilos, says Dr. Lee."
    ]


async def test_a_quotation_is_not_torn() -> None:
    assert await cut('That "I guess', '."', " What was it?", begun=True) == [
        'That "I guess."',
        "What was it?",
    ]


async def test_closing_the_clauses_closes_the_stream() -> None:
    closed = []

    async def endless() -> AsyncGenerator[str]:
        try:
            while True:
                yield "And so on. "
        finally:
            closed.append(True)

    stream = clauses(endless())
    await anext(stream)
    await stream.aclose()
    assert closed


@given(st.text(alphabet="ab ,.?!\"'—3", max_size=60), st.integers(1, 7))
async def test_nothing_is_lost_whatever_comes_in_whatever_pieces(text: str, size: int) -> None:
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join("".join(await cut(*parts)).split()) == "".join(text.split())
