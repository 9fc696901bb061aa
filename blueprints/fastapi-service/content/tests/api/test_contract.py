"""The API keeps what its OpenAPI document says, whatever is sent."""

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings

contract = schemathesis.openapi.from_path(Path(__file__).parents[2] / "openapi.json")


@contract.parametrize()
@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_word(case: schemathesis.Case[Any], server_url: str) -> None:
    case.call_and_validate(base_url=server_url)
