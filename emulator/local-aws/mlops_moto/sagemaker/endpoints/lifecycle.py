"""
Endpoints from Creating to InService or Failed, and from Updating to the new configuration or back to the old one.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
"""

import logging
import threading
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakeEndpoint, FakeEndpointConfig, SageMakerModelBackend, sagemaker_backends
from moto.sagemaker.responses import SageMakerResponse
from moto.utilities.arns import parse_arn

from ...patching import replace
from ...wsgi.serial import STATE_LOCK
from ..events import put_endpoint_event
from .alarms import raised
from .deployments import Deployment, deployment_of, show
from .kinds import require_change, require_deployable
from .serving import Fleet, FleetError, fleet_of, put_fleet, start

_under_way: dict[str, Deployment] = {}
"""By the endpoint's ARN."""


def install() -> None:
    replace(SageMakerResponse, "create_endpoint", create_endpoint)
    replace(SageMakerResponse, "update_endpoint", update_endpoint)
    replace(SageMakerResponse, "delete_endpoint", delete_endpoint)
    replace(SageMakerResponse, "describe_endpoint", describe_endpoint)


def resume() -> None:
    for deployment in list(_under_way.values()):
        _go_on(deployment)


def create_endpoint(response: SageMakerResponse) -> ActionResult:
    backend, name = response.sagemaker_backend, response._get_param("EndpointName")
    if name in backend.endpoints:
        raise ValidationError(f'Cannot create already existing endpoint "{backend.endpoints[name].arn}".')
    configuration = _configuration(backend, response._get_param("EndpointConfigName"))
    endpoint = FakeEndpoint(
        account_id=backend.account_id,
        region_name=backend.region_name,
        endpoint_name=name,
        endpoint_config_name=configuration.endpoint_config_name,
        production_variants=[],
        data_capture_config={},
        tags=response._get_param("Tags"),
    )
    deployment = deployment_of(backend, endpoint.arn, configuration)
    require_deployable(configuration, response._get_param("DeploymentConfig"))
    show(endpoint, deployment)
    vars(endpoint)["last_deployment_config"] = response._get_param("DeploymentConfig")
    backend.endpoints[name] = endpoint
    _begin(endpoint, "Creating", deployment)
    return ActionResult({"EndpointArn": endpoint.arn})


def update_endpoint(response: SageMakerResponse) -> ActionResult:
    backend = response.sagemaker_backend
    endpoint = _endpoint(backend, response._get_param("EndpointName"))
    _require_at_rest(endpoint)
    if endpoint.endpoint_status == "Failed":
        raise ValidationError(f'Cannot update failed endpoint "{endpoint.arn}".')
    if response._get_param("RetainAllVariantProperties"):
        raise ValidationError("Local AWS cannot do RetainAllVariantProperties")
    before = _configuration(backend, endpoint.endpoint_config_name)
    configuration = _configuration(backend, response._get_param("EndpointConfigName"))
    require_change(endpoint.endpoint_name, before, configuration)
    require_deployable(configuration, response._get_param("DeploymentConfig"))
    deployment = deployment_of(backend, endpoint.arn, configuration)
    if not response._get_param("RetainDeploymentConfig"):
        vars(endpoint)["last_deployment_config"] = response._get_param("DeploymentConfig")
    _begin(endpoint, "Updating", deployment)
    return ActionResult({"EndpointArn": endpoint.arn})


def delete_endpoint(response: SageMakerResponse) -> EmptyResult:
    backend = response.sagemaker_backend
    endpoint = _endpoint(backend, response._get_param("EndpointName"))
    _require_at_rest(endpoint)
    _set_status(endpoint, "Deleting", None)
    del backend.endpoints[endpoint.endpoint_name]
    put_fleet(endpoint.arn, None)
    return EmptyResult()


def describe_endpoint(response: SageMakerResponse) -> ActionResult:
    """What it serves with, and what it is on the way to: one that has not come up has no variants yet."""
    endpoint = _endpoint(response.sagemaker_backend, response._get_param("EndpointName"))
    told, deployment = dict(endpoint.response_object), _under_way.get(endpoint.arn)
    if fleet_of(endpoint.arn) is None:
        del told["ProductionVariants"]
    if deployment:
        variants = [{"VariantName": each.name} for each in deployment.variants]
        told["PendingDeploymentSummary"] = {
            "EndpointConfigName": deployment.configuration,
            "ProductionVariants": variants,
            "StartTime": endpoint.last_modified_time,
        }
    return ActionResult(told)


def _begin(endpoint: FakeEndpoint, status: str, deployment: Deployment) -> None:
    _under_way[endpoint.arn] = deployment
    _set_status(endpoint, status, None)
    _go_on(deployment)


def _go_on(deployment: Deployment) -> None:
    threading.Thread(target=_work, args=(deployment,), daemon=True).start()


def _work(deployment: Deployment) -> None:
    fleet, reason = None, None
    try:
        fleet = start(deployment)
        reason = raised(_alarms(deployment), fleet) if fleet_of(deployment.endpoint) else None
    except FleetError as error:
        reason = str(error)
    except Exception as error:
        logging.exception("endpoint %s", deployment.endpoint)
        reason = f"Local AWS cannot serve it: {error!r}"
    with STATE_LOCK:
        _end(deployment, fleet, reason)


def _end(deployment: Deployment, fleet: Fleet | None, reason: str | None) -> None:
    """An update that fails leaves what there was, and says why; it is InService all the same."""
    del _under_way[deployment.endpoint]
    place = parse_arn(deployment.endpoint)
    endpoint = sagemaker_backends[place.account][place.region].endpoints[place.resource_id]
    if reason is None:
        put_fleet(deployment.endpoint, fleet)
        show(endpoint, deployment)
    elif fleet:
        threading.Thread(target=fleet.retire, daemon=True).start()
    _set_status(endpoint, "InService" if fleet_of(endpoint.arn) else "Failed", reason)


def _alarms(deployment: Deployment) -> list[str]:
    """Those that roll an update back."""
    place = parse_arn(deployment.endpoint)
    with STATE_LOCK:
        endpoint = sagemaker_backends[place.account][place.region].endpoints[place.resource_id]
        settings: dict[str, Any] = vars(endpoint).get("last_deployment_config") or {}
    return [each["AlarmName"] for each in (settings.get("AutoRollbackConfiguration") or {}).get("Alarms", [])]


def _set_status(endpoint: FakeEndpoint, status: str, reason: str | None) -> None:
    vars(endpoint).update(endpoint_status=status, failure_reason=reason, last_modified_time=utcnow())
    put_endpoint_event(endpoint)


def _require_at_rest(endpoint: FakeEndpoint) -> None:
    if endpoint.endpoint_status in ("Creating", "Updating"):
        raise ValidationError(f'Cannot update in-progress endpoint "{endpoint.arn}".')


def _endpoint(backend: SageMakerModelBackend, name: str) -> FakeEndpoint:
    backend.describe_endpoint(name)
    return backend.endpoints[name]


def _configuration(backend: SageMakerModelBackend, name: str) -> FakeEndpointConfig:
    """The one that an endpoint has must be there when it gets another: without it, AWS cannot update."""
    backend.describe_endpoint_config(name)
    return backend.endpoint_configs[name]
