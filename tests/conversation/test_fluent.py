from __future__ import annotations

import pytest

from becoming.conversation.fluent import fluent


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "Could you, um could you remind me what we talked about?",
            "Could you remind me what we talked about?",
        ),
        ("Um, I was thinking maybe we could talk.", "I was thinking maybe we could talk."),
        ("I just… I don't know.", "I just I don't know."),
        ("Maybe maybe I should just call him.", "Maybe I should just call him."),
        ("The the doctor, uh, called.", "The doctor, called."),
        ("It was very very late.", "It was very very late."),
        ("Knock knock.", "Knock knock."),
        ("No. No. I won't.", "No. No. I won't."),
        ("Um.", "Um."),
        ("What is the capital of France,", "What is the capital of France?"),
        ("Who wrote Moby Dick,", "Who wrote Moby Dick?"),
        ("What a day,", "What a day,"),
        ("When I came home,", "When I came home,"),
        ("Her umbrella broke.", "Her umbrella broke."),
    ],
)
def test_what_was_meant_has_no_false_starts(said, meant):
    assert fluent(said) == meant
