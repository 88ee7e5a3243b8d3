"""
SageMaker actions on model package groups that moto (5.2.5) lacks, and a name taken twice, which moto lets pass.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PutModelPackageGroupPolicy.html
"""

import json

from moto.core.responses import ActionResult, EmptyResult
from moto.sagemaker.exceptions import ConflictException, ValidationError
from moto.sagemaker.models import ModelPackageGroup, SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace

_create_by_moto = SageMakerModelBackend.create_model_package_group


def install() -> None:
    replace(SageMakerModelBackend, "create_model_package_group", _create)
    for action in (
        put_model_package_group_policy,
        get_model_package_group_policy,
        delete_model_package_group_policy,
        delete_model_package_group,
    ):
        replace(SageMakerResponse, action.__name__, action)


def policy_of(group: ModelPackageGroup) -> str | None:
    """A group's resource policy as JSON text."""
    return getattr(group, "resource_policy", None)


def put_model_package_group_policy(response: SageMakerResponse) -> ActionResult:
    group = _group(response)
    policy = response._get_param("ResourcePolicy")
    try:
        json.loads(policy)
    except ValueError as error:
        raise ValidationError(f"Invalid resource policy: {error}") from error
    vars(group)["resource_policy"] = policy
    return ActionResult({"ModelPackageGroupArn": group.arn})


def get_model_package_group_policy(response: SageMakerResponse) -> ActionResult:
    group = _group(response)
    return ActionResult({"ResourcePolicy": _require_policy(group)})


def delete_model_package_group_policy(response: SageMakerResponse) -> EmptyResult:
    group = _group(response)
    _require_policy(group)
    vars(group)["resource_policy"] = None
    return EmptyResult()


def delete_model_package_group(response: SageMakerResponse) -> EmptyResult:
    group = _group(response)
    backend = response.sagemaker_backend
    name = group.model_package_group_name
    if any(package.model_package_group_name == name for package in backend.model_packages.values()):
        raise ConflictException(f"Model Package Group {group.arn} cannot be deleted: it holds model packages.")
    del backend.model_package_groups[name]
    return EmptyResult()


def _group(response: SageMakerResponse) -> ModelPackageGroup:
    name = response._get_param("ModelPackageGroupName")
    group = response.sagemaker_backend.model_package_groups.get(name)
    if group is None:
        raise ValidationError(f"Cannot find Model Package Group: {name}")
    return group


def _require_policy(group: ModelPackageGroup) -> str:
    policy = policy_of(group)
    if policy is None:
        raise ValidationError(f"Cannot find resource policy for: {group.arn}")
    return policy


def _create(
    backend: SageMakerModelBackend,
    model_package_group_name: str,
    model_package_group_description: str,
    tags: list[dict[str, str]] | None = None,
) -> str:
    existing = backend.model_package_groups.get(model_package_group_name)
    if existing:
        raise ValidationError(f"Model Package Group already exists: {existing.arn}")
    return _create_by_moto(backend, model_package_group_name, model_package_group_description, tags)
