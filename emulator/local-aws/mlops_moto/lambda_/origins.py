"""Where functions find what stands on the Internet, and what they do not reach from their network."""

import json
import os
from collections.abc import Mapping

from moto.awslambda.models import LambdaFunction

from .networks import unreachable


def custom_resource_responses(region: str) -> str:
    """
    Origin of the addresses that custom resources answer at.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
    """
    return f"https://cloudformation-custom-resource-response-{region.replace('-', '')}.s3.{region}.amazonaws.com"


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
    """Services that functions ask without an SDK, by origin: Git over connections, and answers of custom resources."""
    git = ("codestar-connections", "codeconnections")
    return {f"https://{name}.{region}.amazonaws.com": name for name in git} | {custom_resource_responses(region): "s3"}
