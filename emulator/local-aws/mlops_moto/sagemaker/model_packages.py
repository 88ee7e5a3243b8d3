"""
Versions in the model registry. moto (5.2.5) numbers them by how many there are, so that a number is given twice after
one is deleted; cannot delete any; makes a version twice for one client token; forgets what an update does not mention;
finds the newest version by the name of its group; does not say which image a tag stood for; tells EventBridge nothing.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateModelPackage.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.sagemaker.models import ModelPackage, SageMakerModelBackend, sagemaker_backends
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from .events import put_model_package_event
from .image_digests import with_digests

_init_by_moto = ModelPackage.__init__
_create_by_moto = SageMakerModelBackend.create_model_package

_UPDATED_AS_GIVEN = {
    "ApprovalDescription": "approval_description",
    "CustomerMetadataProperties": "customer_metadata_properties",
    "InferenceSpecification": "inference_specification",
}


def install() -> None:
    replace(ModelPackage, "__init__", _init)
    replace(SageMakerModelBackend, "create_model_package", _create)
    replace(SageMakerResponse, "update_model_package", update_model_package)
    replace(SageMakerResponse, "delete_model_package", delete_model_package)


def _init(package: ModelPackage, **given: Any) -> None:
    """A version's number is one more than the group ever gave; it waits for approval, unless it comes with another."""
    name = given["model_package_group_name"]
    if name:
        group = sagemaker_backends[given["account_id"]][given["region_name"]].model_package_groups[name]
        number = vars(group).get("last_version", 0) + 1
        given["model_package_version"] = vars(group)["last_version"] = number
        given["model_approval_status"] = given["model_approval_status"] or "PendingManualApproval"
    _init_by_moto(package, **given)
    package.inference_specification = with_digests(package.inference_specification)
    package.model_package_status_details = {"ValidationStatuses": [], "ImageScanStatuses": []}


def _create(backend: SageMakerModelBackend, **given: Any) -> str:
    token, group = given["client_token"], given["model_package_group_name"]
    known = (each for each in backend.model_packages.values() if token and each.client_token == token)
    package = next(known, None)
    if package:
        return str(package.arn)
    of_that_name = backend.model_package_name_mapping.get(group)
    package = backend.model_packages[_create_by_moto(backend, **given)]
    if group:
        _restore_name(backend, group, of_that_name)
    put_model_package_event(package)
    return str(package.arn)


def _restore_name(backend: SageMakerModelBackend, name: str, arn: str | None) -> None:
    """A group's name is no name of a package."""
    del backend.model_package_name_mapping[name]
    if arn:
        backend.model_package_name_mapping[name] = arn


def update_model_package(response: SageMakerResponse) -> ActionResult:
    package = response.sagemaker_backend.describe_model_package(response._get_param("ModelPackageArn"))
    updated = _update(package, response)
    package.modifications_done()
    put_model_package_event(package, updated)
    return ActionResult({"ModelPackageArn": package.arn})


def _update(package: ModelPackage, response: SageMakerResponse) -> list[str]:
    """Names of what the request changes; the rest stays."""
    updated = []
    status = response._get_param("ModelApprovalStatus")
    if status is not None:
        package.set_model_approval_status(status)
        updated.append("ModelApprovalStatus")
    for name, attribute in _UPDATED_AS_GIVEN.items():
        value = response._get_param(name)
        if value is not None:
            vars(package)[attribute] = with_digests(value) if name == "InferenceSpecification" else value
            updated.append(name)
    removed = response._get_param("CustomerMetadataPropertiesToRemove")
    if removed:
        package.customer_metadata_properties = package.customer_metadata_properties or {}
        package.remove_customer_metadata_property(removed)
        updated.append("CustomerMetadataProperties")
    added = response._get_param("AdditionalInferenceSpecificationsToAdd")
    if added:
        package.add_additional_inference_specifications(added)
        updated.append("AdditionalInferenceSpecifications")
    return list(dict.fromkeys(updated))


def delete_model_package(response: SageMakerResponse) -> EmptyResult:
    backend = response.sagemaker_backend
    arn = backend.describe_model_package(response._get_param("ModelPackageName")).arn
    del backend.model_packages[arn]
    names = backend.model_package_name_mapping
    for name in [name for name, named in names.items() if named == arn]:
        del names[name]
    return EmptyResult()
