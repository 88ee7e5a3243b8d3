"""Application Auto Scaling: tags of scalable targets, which moto (5.2.5) has no actions for. Nothing is scaled here."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.exceptions import JsonRESTError

from ..patching import replace

__all__ = ["install"]


def install() -> None:
    replace(ApplicationAutoScalingResponse, "list_tags_for_resource", list_tags_for_resource)
    replace(ApplicationAutoScalingResponse, "tag_resource", tag_resource)
    replace(ApplicationAutoScalingResponse, "untag_resource", untag_resource)
    replace(ApplicationAutoScalingResponse, "register_scalable_target", register_scalable_target)


_register_by_moto = ApplicationAutoScalingResponse.register_scalable_target


def register_scalable_target(response: ApplicationAutoScalingResponse) -> str:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"""
    answer = _register_by_moto(response)
    tags = response._get_param("Tags")
    if tags:
        _tags(response, json.loads(answer)["ScalableTargetARN"]).update(tags)
    return answer


def list_tags_for_resource(response: ApplicationAutoScalingResponse) -> str:
    return json.dumps({"Tags": _tags(response, response._get_param("ResourceARN"))})


def tag_resource(response: ApplicationAutoScalingResponse) -> str:
    _tags(response, response._get_param("ResourceARN")).update(response._get_param("Tags"))
    return "{}"


def untag_resource(response: ApplicationAutoScalingResponse) -> str:
    tags = _tags(response, response._get_param("ResourceARN"))
    for key in response._get_param("TagKeys"):
        tags.pop(key, None)
    return "{}"


def _tags(response: ApplicationAutoScalingResponse, arn: str) -> dict[str, str]:
    """Kept with the target, and gone with it."""
    targets = response.applicationautoscaling_backend.targets.values()
    target = next((each for named in targets for each in named.values() if each.arn == arn), None)
    if target is None:
        raise JsonRESTError("ResourceNotFoundException", f"No scalable target found for resource ARN: {arn}")
    return vars(target).setdefault("tags", {})  # type: ignore[no-any-return]
