"""
Settings of SageMaker models that moto (5.2.5) forgets (network isolation) or makes up (an empty VPC configuration);
Terraform would replace the model at every plan.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
"""

from moto.core.responses import ActionResult
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace

_create_by_moto = SageMakerResponse.create_model


def install() -> None:
    replace(SageMakerResponse, "create_model", _create_model)


def _create_model(response: SageMakerResponse) -> ActionResult:
    answer = _create_by_moto(response)
    model = response.sagemaker_backend.describe_model(response._get_param("ModelName"))
    model.enable_network_isolation = response._get_param("EnableNetworkIsolation", False)
    if response._get_param("VpcConfig") is None:
        vars(model)["vpc_config"] = None
    execution = response._get_param("InferenceExecutionConfig")
    if execution:
        vars(model)["inference_execution_config"] = execution
    return answer
