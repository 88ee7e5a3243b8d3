"""
What ECR tells EventBridge.
https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from moto.ecr.models import Repository
from moto.events.models import events_backends


def put_event(kind: str, repository: Repository, detail: Mapping[str, Any], resources: Sequence[str]) -> None:
    """On the default bus of the repository's account; what has no value is left out."""
    told = {"repository-name": repository.name, **detail}
    events_backends[repository.registry_id][repository.region_name].put_events(
        [
            {
                "Source": "aws.ecr",
                "DetailType": kind,
                "Resources": list(resources),
                "Detail": json.dumps({name: value for name, value in told.items() if value is not None}),
            }
        ]
    )
