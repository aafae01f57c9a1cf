"""Whatever is asked, nobody gets a 500: HTTP, by the application's own schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
import schemathesis
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from becoming.web.door import Door
from becoming.web.server import make_app
from tests.web.remembering import remembering

pytestmark = pytest.mark.slow

# What the application says of itself; a user's own server tells nobody.
# Leaving for good is left out: a yes to it leaves nothing to ask.
api = schemathesis.openapi.from_dict(make_app(cast(Any, None), Door("")).openapi()).exclude(
    path="/api/care/goodbye"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server over a real memory of some weeks."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(remembering(tmp_path_factory.mktemp("hostile"))) as (_, address),
    ):
        yield address


@api.parametrize()
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_her_and_every_refusal_is_a_sentence(case: Any, address: str):
    answer = case.call(base_url=address)
    case.validate_response(answer, checks=[not_a_server_error])
    if answer.status_code >= 400:
        told = answer.json()
        assert told.get("error") or told.get("detail"), answer.text
