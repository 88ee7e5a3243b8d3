"""
Whether a trail has event selectors of its own, which moto (5.2.5) always denies. Terraform asks for them only then.
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html
"""

from typing import Any

from moto.cloudtrail.models import Trail

from ..patching import replace

_description_by_moto = Trail.description


def install() -> None:
    replace(Trail, "description", _description)


def _description(trail: Trail, include_region: bool = False) -> dict[str, Any]:
    selectors = trail.event_selectors or trail.advanced_event_selectors
    return {**_description_by_moto(trail, include_region), "HasCustomEventSelectors": bool(selectors)}
