"""
Which stage and route take a request.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
"""

from collections.abc import Iterable
from dataclasses import dataclass

from moto.apigatewayv2.models import Api, Route, Stage

DEFAULT = "$default"


@dataclass(frozen=True)
class Taken:
    """`path` is without the stage."""

    stage: Stage
    route: Route
    path: str
    parameters: dict[str, str]


def taken_by(api: Api, method: str, path: str) -> Taken | None:
    """None: nothing takes it, and AWS says "Not Found"."""
    first, _, rest = path.removeprefix("/").partition("/")
    stage = api.stages.get(first)
    within = f"/{rest}" if stage else path
    stage = stage or api.stages.get(DEFAULT)
    if stage is None:
        return None
    found = best(api.routes.values(), method, within)
    return Taken(stage, found[0], within, found[1]) if found else None


def best(routes: Iterable[Route], method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Whole matches before greedy ones, the longer before the shorter, the method's own before ANY, `$default` last."""
    fitting = [found for route in routes if (found := _fit(route, method, path))]
    if not fitting:
        return None
    _, route, parameters = min(fitting, key=lambda each: each[0])
    return route, parameters


Rank = tuple[tuple[int, ...], bool]
"""Of each part of the path: 0 as it is, 1 a variable, 2 a greedy one, 3 anything; whether for any method."""


def _fit(route: Route, method: str, path: str) -> tuple[Rank, Route, dict[str, str]] | None:
    if route.route_key == DEFAULT:
        return ((3,), True), route, {}
    verb, template = route.route_key.split(" ", 1)
    if verb not in ("ANY", method):
        return None
    wanted, got = template.split("/")[1:], path.split("/")[1:]
    ranks, parameters = [], {}
    for at, part in enumerate(wanted):
        if part.endswith("+}"):
            if at >= len(got):
                return None
            parameters[part[1:-2]] = "/".join(got[at:])
            return ((*ranks, 2), verb == "ANY"), route, parameters
        if at >= len(got) or not (part == got[at] or (part.startswith("{") and got[at])):
            return None
        if part.startswith("{"):
            parameters[part[1:-1]] = got[at]
        ranks.append(1 if part.startswith("{") else 0)
    return ((tuple(ranks), verb == "ANY"), route, parameters) if len(wanted) == len(got) else None
