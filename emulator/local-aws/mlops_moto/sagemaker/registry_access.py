"""
A model registry used from other accounts. Callers name a group or package of another account by its ARN; moto
(5.2.5) looks for it in the caller's own account. Here it is looked for where it is, and the group's resource policy
must let the caller in. The caller's own permissions are not checked.
https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-deploy-xaccount.html
"""

from typing import Any

from moto.core.exceptions import ServiceException
from moto.sagemaker.models import SageMakerModelBackend, sagemaker_backends
from moto.sagemaker.responses import SageMakerResponse
from moto.utilities.arns import Arn, parse_arn

from ..iam.identities import role_of
from ..iam.policies import AccessRequest, allows
from ..patching import replace
from .model_package_groups import policy_of

_NAMES = ("ModelPackageGroupName", "ModelPackageName", "ModelPackageArn")
_get_param_by_moto = SageMakerResponse._get_param


class AccessDenied(ServiceException):
    code = "AccessDeniedException"


def install() -> None:
    replace(SageMakerResponse, "sagemaker_backend", property(_backend))
    replace(SageMakerResponse, "_get_param", _get_param)


def _get_param(response: SageMakerResponse, param_name: str, if_none: Any = None) -> Any:
    """Groups and pipelines may be named by ARN."""
    value = _get_param_by_moto(response, param_name, if_none)
    if param_name in ("ModelPackageGroupName", "PipelineName") and _is_arn(value):
        return value.rsplit("/", 1)[1]
    return value


def _backend(response: SageMakerResponse) -> SageMakerModelBackend:
    """The backend that a request is about: of the account in the ARN it names, else of the caller's."""
    given = (_get_param_by_moto(response, name) for name in _NAMES)
    named = next((value for value in given if _is_arn(value)), None)
    if named is None:
        return sagemaker_backends[response.current_account][response.region]
    arn = parse_arn(named)
    backend = sagemaker_backends[arn.account][arn.region]
    if arn.account != response.current_account:
        _require_access(response, arn, backend)
    return backend


def _require_access(response: SageMakerResponse, arn: Arn, backend: SageMakerModelBackend) -> None:
    action = f"sagemaker:{response._get_action()}"
    group = backend.model_package_groups.get(arn.resource_id.split("/")[0])
    resource = _resource(action, arn)
    caller = response.current_account
    role = role_of(response.get_access_key(), caller)
    names = [f"arn:aws:iam::{caller}:root", caller, *([role] if role else [])]
    context = {"aws:PrincipalAccount": caller, "aws:SecureTransport": "true"}
    if role:
        context["aws:PrincipalArn"] = role
    status = _get_param_by_moto(response, "ModelApprovalStatus")
    if status:
        context["sagemaker:ModelApprovalStatus"] = status
    request = AccessRequest(action, resource, context, tuple(("AWS", name) for name in names))
    if group is None or not allows(policy_of(group), request):
        raise AccessDenied(
            f"User: {role or caller} is not authorized to perform: {action} on resource: {resource} "
            f"because no resource-based policy allows the {action} action"
        )


def _resource(action: str, arn: Arn) -> str:
    """The resource a policy has to name: versions are made and listed as `model-package/<group>/…`."""
    place = f"arn:aws:sagemaker:{arn.region}:{arn.account}"
    if arn.resource_type == "model-package":
        return f"{place}:model-package/{arn.resource_id}"
    if action in ("sagemaker:CreateModelPackage", "sagemaker:ListModelPackages"):
        return f"{place}:model-package/{arn.resource_id}/1"
    return f"{place}:model-package-group/{arn.resource_id}"


def _is_arn(value: object) -> bool:
    return isinstance(value, str) and value.startswith("arn:")
