"""What is held true, in one sentence."""

import pytest

from becoming.conversation.telling import in_one


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["your sister is called Ida"], "your sister is called Ida"),
        (
            ["your sister is called Ida", "your sister Ida lives in Bergen"],
            "your sister is called Ida, and Ida lives in Bergen",
        ),
        (
            ["your brother lives in New York", "your brother comes from New Zealand"],
            "your brother lives in New York, and your brother comes from New Zealand",
        ),
    ],
)
def test_who_was_named_is_called_by_the_name_alone(told: list[str], said: str) -> None:
    assert in_one(told) == said
