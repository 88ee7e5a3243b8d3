"""Where functions find what stands on the Internet, and what they do not reach from their network."""

import json
import os
from collections.abc import Mapping

from moto.awslambda.models import LambdaFunction

from .networks import unreachable


def elsewhere(region: str) -> str:
    """For `redirectElsewhere` of the functions' runtime: addresses by origin, as JSON."""
    given: dict[str, str] = json.loads(os.environ.get("MLOPS_ELSEWHERE", "{}"))
    here = f"http://127.0.0.1:{os.environ['MOTO_PORT']}"
    return json.dumps({**dict.fromkeys(_services(region), here), **given})


def out_of_reach(function: LambdaFunction, region: str) -> str:
    """For `refuseUnreachable` of the functions' runtime: reasons by origin, and of every other host, as JSON."""
    origins = {origin: unreachable(function, service) for origin, service in _services(region).items()}
    return json.dumps({**origins, "*": unreachable(function, None)})


def _services(region: str) -> Mapping[str, str]:
    """Services that functions ask without an SDK, by origin: Git over connections."""
    return {f"https://{name}.{region}.amazonaws.com": name for name in ("codestar-connections", "codeconnections")}
