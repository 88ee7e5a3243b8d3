"""Events that an AWS service puts on the default bus of the account it acts in."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from moto.events.models import events_backends
from moto.utilities.arns import parse_arn


def put_sagemaker_event(kind: str, resources: Sequence[str], detail: Mapping[str, Any]) -> None:
    """Into the account and region of the first resource, given by ARN."""
    place = parse_arn(resources[0])
    events_backends[place.account][place.region].put_events(
        [
            {
                "Source": "aws.sagemaker",
                "DetailType": f"SageMaker {kind}",
                "Resources": list(resources),
                "Detail": json.dumps(detail),
            }
        ]
    )
