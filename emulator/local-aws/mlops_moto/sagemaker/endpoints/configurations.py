"""
Endpoint configurations. moto (5.2.5) takes a name twice, knows few instance types, and makes up data capture where none
was asked for, so that Terraform would replace the configuration at every plan.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakeEndpointConfig
from moto.sagemaker.responses import SageMakerResponse

from ...patching import replace
from ..service_model import service_model
from .kinds import require_possible

_create_by_moto = SageMakerResponse.create_endpoint_config
_FORGOTTEN = {
    "EnableNetworkIsolation": "enable_network_isolation",
    "ExecutionRoleArn": "execution_role_arn",
    "VpcConfig": "vpc_config",
}


def install() -> None:
    replace(SageMakerResponse, "create_endpoint_config", _create)
    replace(FakeEndpointConfig, "validate_instance_type", _validate_instance_type)


def _create(response: SageMakerResponse) -> ActionResult:
    backend, name = response.sagemaker_backend, response._get_param("EndpointConfigName")
    known = backend.endpoint_configs.get(name)
    if known:
        raise ValidationError(f'Cannot create already existing endpoint configuration "{known.endpoint_config_arn}".')
    require_possible(backend, response.params)
    answer = _create_by_moto(response)
    configuration = backend.endpoint_configs[name]
    vars(configuration)["data_capture_config"] = response._get_param("DataCaptureConfig")
    vars(configuration).update({own: response._get_param(given) for given, own in _FORGOTTEN.items()})
    return answer


def _validate_instance_type(_configuration: Any, instance_type: str) -> None:
    known = service_model().shape_for("ProductionVariantInstanceType").enum
    if instance_type not in known:
        raise ValidationError(
            f"1 validation error detected: Value '{instance_type}' at 'productionVariants.1.member.instanceType' "
            f"failed to satisfy constraint: Member must satisfy enum value set: [{', '.join(known)}]"
        )
