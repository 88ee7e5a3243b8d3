"""What an endpoint is to serve: its configuration, as far as its models and their packages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakeEndpoint, FakeEndpointConfig, SageMakerModelBackend, sagemaker_backends
from moto.utilities.arns import parse_arn

from .images import Image


@dataclass(frozen=True)
class Container:
    """`name` as SageMaker calls it in messages; `artifact` is an S3 URI."""

    name: str
    image: Image
    artifact: str | None
    environment: Mapping[str, str]
    role: str


@dataclass(frozen=True)
class Variant:
    name: str
    weight: float
    container: Container


@dataclass(frozen=True)
class Deployment:
    """Of one configuration, which may be deleted while it is served."""

    endpoint: str
    configuration: str
    variants: Sequence[Variant]
    production_variants: Sequence[Mapping[str, Any]]
    capture: Mapping[str, Any] | None
    asynchronous: Mapping[str, Any] | None
    """Its AsyncInferenceConfig; None where it answers at once."""

    @property
    def role(self) -> str:
        return self.variants[0].container.role

    def variant(self, name: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.name == name), None)


def deployment_of(backend: SageMakerModelBackend, endpoint: str, configuration: FakeEndpointConfig) -> Deployment:
    """
    endpoint: its ARN

    raises ValidationError: for a model or package that is not there, and for kinds that local AWS has not
    """
    given = [{"InitialVariantWeight": 1.0, **each} for each in configuration.production_variants]
    return Deployment(
        endpoint,
        configuration.endpoint_config_name,
        [_variant(backend, each) for each in given],
        given,
        configuration.data_capture_config or None,
        configuration.async_inference_config or None,
    )


def show(endpoint: FakeEndpoint, deployment: Deployment) -> None:
    """What DescribeEndpoint tells of it."""
    variants = endpoint._process_production_variants(list(deployment.production_variants))
    for shown, variant in zip(variants, deployment.variants, strict=True):
        shown["DeployedImages"] = [{"SpecifiedImage": variant.container.image.uri}]
    vars(endpoint).update(
        endpoint_config_name=deployment.configuration,
        production_variants=variants,
        data_capture_config=_capture(deployment.capture),
        async_inference_config=deployment.asynchronous,
    )


def _capture(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not given:
        return None
    enabled = given.get("EnableCapture", True)
    return {
        "EnableCapture": enabled,
        "CaptureStatus": "Started" if enabled else "Stopped",
        "CurrentSamplingPercentage": given["InitialSamplingPercentage"],
        "DestinationS3Uri": given["DestinationS3Uri"],
        "KmsKeyId": given.get("KmsKeyId", ""),
    }


def _variant(backend: SageMakerModelBackend, given: Mapping[str, Any]) -> Variant:
    model = backend.describe_model(given["ModelName"])
    containers = [model.primary_container] if model.primary_container else list(model.containers)
    if len(containers) != 1:
        raise ValidationError(f"Local AWS serves models of one container, got: {len(containers)} of {model.arn}")
    name = "primary" if model.primary_container else "container_1"
    found = _with_package(containers[0])
    artifact = found.get("ModelDataUrl") or _source(found)
    isolated = bool(vars(model).get("enable_network_isolation"))
    image = Image(str(found.get("Image", "")), isolated)
    container = Container(name, image, artifact, found.get("Environment") or {}, model.execution_role_arn)
    return Variant(given["VariantName"], float(given["InitialVariantWeight"]), container)


def _with_package(container: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the container does not say itself, its model package does."""
    arn = container.get("ModelPackageName")
    if not arn:
        return container
    place = parse_arn(arn)
    package = sagemaker_backends[place.account][place.region].model_packages.get(arn)
    if package is None:
        raise ValidationError(f"Model package {arn} does not exist.")
    (first, *_) = package.inference_specification["Containers"]
    environment = {**(first.get("Environment") or {}), **(container.get("Environment") or {})}
    return {**first, **container, "Environment": environment}


def _source(container: Mapping[str, Any]) -> str | None:
    source = (container.get("ModelDataSource") or {}).get("S3DataSource") or {}
    return source.get("S3Uri")
