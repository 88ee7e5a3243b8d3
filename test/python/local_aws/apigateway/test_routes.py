"""Which route takes a request."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from mlops_moto.apigateway.routes import best

# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
KEYS = ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"]


def taken(method: str, path: str, keys: list[str]) -> tuple[str, dict[str, str]] | None:
    routes: Any = [SimpleNamespace(route_key=key) for key in keys]
    found = best(routes, method, path)
    return (found[0].route_key, found[1]) if found else None


@pytest.mark.parametrize("keys", [KEYS, KEYS[::-1]])
@pytest.mark.parametrize(
    ("method", "path", "key", "parameters"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1", {}),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}", {"proxy": "cat/1"}),
        ("POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
        ("GET", "/", "ANY /{proxy+}", {"proxy": ""}),
    ],
)
def test_the_nearest_route_takes_it_in_whatever_order_they_were_made(
    keys: list[str], method: str, path: str, key: str, parameters: dict[str, str]
) -> None:
    assert taken(method, path, keys) == (key, parameters)


def test_the_methods_own_route_goes_before_any_and_default_last() -> None:
    assert taken("POST", "/a", ["ANY /a", "POST /a", "$default"]) == ("POST /a", {})
    assert taken("POST", "/b", ["ANY /a", "POST /a", "$default"]) == ("$default", {})
    assert taken("PUT", "/a", ["POST /a"]) is None


@pytest.mark.parametrize("path", ["/a", "/a/", "/a/b/c", "/A/b", ""])
def test_a_variable_stands_for_one_part_that_is_not_empty(path: str) -> None:
    assert taken("GET", path, ["GET /a/{x}"]) is None
