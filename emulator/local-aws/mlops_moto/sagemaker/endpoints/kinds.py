"""
What serverless and asynchronous endpoints may have, and that no endpoint becomes one. Where AWS's words are not known,
they are ours.
https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
"""

from collections.abc import Mapping, Sequence
from typing import Any

from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakeEndpointConfig, SageMakerModelBackend

Request = Mapping[str, Any]


def is_serverless(variants: Sequence[Mapping[str, Any]]) -> bool:
    return any(each.get("ServerlessConfig") for each in variants)


def require_possible(backend: SageMakerModelBackend, request: Request) -> None:
    """raises ValidationError: for a configuration that AWS refuses to create"""
    variants = request["ProductionVariants"]
    if is_serverless(variants):
        _require_serverless(backend, request, variants)
    elif request.get("AsyncInferenceConfig") and request.get("DataCaptureConfig"):
        raise ValidationError("Local AWS cannot do DataCaptureConfig beside AsyncInferenceConfig")


def require_deployable(configuration: FakeEndpointConfig, deployment: Any) -> None:
    """Guardrails are for the others: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html"""
    if deployment and is_serverless(configuration.production_variants):
        raise ValidationError("DeploymentConfig is not supported for serverless endpoints.")


def require_change(endpoint: str, before: FakeEndpointConfig, after: FakeEndpointConfig) -> None:
    """
    A serverless endpoint may get instances, and has no way back. The words about AsyncInferenceConfig are AWS's, the
    first of them: https://github.com/aws/sagemaker-python-sdk/pull/3124
    """
    if is_serverless(after.production_variants) and not is_serverless(before.production_variants):
        raise ValidationError(f"Endpoint {endpoint} cannot be converted to a serverless endpoint.")
    if before.async_inference_config and not after.async_inference_config:
        raise ValidationError(f"The AsyncInferenceConfig parameter cannot be removed from this endpoint {endpoint}.")
    if after.async_inference_config and not before.async_inference_config:
        raise ValidationError(f"The AsyncInferenceConfig parameter cannot be added to this endpoint {endpoint}.")


def _require_serverless(
    backend: SageMakerModelBackend, request: Request, variants: Sequence[Mapping[str, Any]]
) -> None:
    if len(variants) > 1:
        raise ValidationError("A serverless endpoint has one production variant.")
    for name in ("DataCaptureConfig", "AsyncInferenceConfig", "ShadowProductionVariants"):
        if request.get(name):
            raise ValidationError(f"{name} is not supported with ServerlessConfig.")
    (variant,) = variants
    for name in ("InstanceType", "InitialInstanceCount", "VolumeSizeInGB"):
        if variant.get(name):
            raise ValidationError(f"{name} and ServerlessConfig exclude one another.")
    most, warm = (variant["ServerlessConfig"].get(name, 0) for name in ("MaxConcurrency", "ProvisionedConcurrency"))
    if warm > most:
        raise ValidationError(f"ProvisionedConcurrency {warm} must not be more than MaxConcurrency {most}.")
    model = backend.describe_model(variant["ModelName"])
    if model.vpc_config:
        raise ValidationError(f"VpcConfig of model {model.model_name} is not supported for serverless endpoints.")
    if vars(model).get("enable_network_isolation"):
        raise ValidationError(f"Serverless endpoints do not support network isolation, which {model.model_name} has.")
