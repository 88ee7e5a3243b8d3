"""Resources of local AWS's own that SageMaker's tags are asked of, beside those that moto (5.2.5) knows."""

from collections.abc import Callable
from typing import Any

from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import SageMakerModelBackend

from ..patching import replace

_find_by_moto = SageMakerModelBackend._get_resource_from_arn

OWN: dict[str, Callable[[str, str, str], Any]] = {}
"""What has `tags`, by account, region and name; by the kind of resource in its ARN."""


def install() -> None:
    replace(SageMakerModelBackend, "_get_resource_from_arn", _find)
    replace(SageMakerModelBackend, "add_tags", _add)


def _find(backend: SageMakerModelBackend, arn: str) -> Any:
    kind, _, name = arn.rpartition(":")[2].partition("/")
    if kind not in OWN:
        return _find_by_moto(backend, arn)
    found = OWN[kind](backend.account_id, backend.region_name, name)
    if found is None:
        raise ValidationError(f"Could not find resource with arn {arn}")
    return found


def _add(backend: SageMakerModelBackend, arn: str, tags: list[dict[str, str]]) -> list[dict[str, str]]:
    """A key has one value; moto would keep both."""
    resource = backend._get_resource_from_arn(arn)
    values = {each["Key"]: each["Value"] for each in [*(resource.tags or []), *tags]}
    resource.tags = [{"Key": key, "Value": value} for key, value in values.items()]
    return list(resource.tags)
