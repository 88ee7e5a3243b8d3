"""
What SageMaker tells EventBridge of pipeline executions, their steps, model packages and endpoints. What has no value
yet is left out.
https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from moto.core.utils import unix_time_millis
from moto.events.models import events_backends
from moto.sagemaker.models import FakeEndpoint, ModelPackage
from moto.utilities.arns import parse_arn

from ..times import iso, iso_seconds
from .runs import Run

_EXECUTION = "Model Building Pipeline Execution"
_MODEL_PACKAGE_FIELDS = (
    "ModelPackageName",
    "ModelPackageGroupName",
    "ModelPackageVersion",
    "ModelPackageArn",
    "ModelPackageDescription",
    "CreationTime",
    "InferenceSpecification",
    "ModelPackageStatus",
    "ModelPackageStatusDetails",
    "CertifyForMarketplace",
    "ModelApprovalStatus",
    "ApprovalDescription",
    "MetadataProperties",
    "ModelMetrics",
    "LastModifiedTime",
)


def put_execution_event(run: Run, previous: str | None) -> None:
    detail = {
        "pipelineExecutionDisplayName": run.execution.pipeline_execution_display_name,
        "pipelineExecutionDescription": run.execution.pipeline_execution_description,
        "currentPipelineExecutionStatus": run.status,
        "previousPipelineExecutionStatus": previous,
        "executionStartTime": iso_seconds(run.execution.start_time),
        "executionEndTime": run.ended and iso_seconds(run.ended),
    }
    _put_of_run(f"{_EXECUTION} Status Change", run, detail)


def put_step_event(run: Run, step: Mapping[str, Any], previous: str | None) -> None:
    detail = {
        "metadata": _camel_case(step.get("Metadata") or {}),
        "stepStartTime": _time(step, "StartTime"),
        "stepEndTime": _time(step, "EndTime"),
        "stepName": step["StepName"],
        "stepType": step.get("StepType"),
        "previousStepStatus": previous,
        "currentStepStatus": step["StepStatus"],
        "failureReason": step.get("FailureReason"),
        "cacheHitResult": _camel_case(step.get("CacheHitResult")),
    }
    _put_of_run(f"{_EXECUTION} Step Status Change", run, detail)


def put_model_package_event(package: ModelPackage, updated: Sequence[str] = ()) -> None:
    """updated: names of what an update changed. Times to the millisecond, or two updates would look the same."""
    known = {"LastModifiedTime": package.creation_time, **package.gen_response_object()}
    shown = {name: known[name] for name in _MODEL_PACKAGE_FIELDS if name in known}
    detail = {name: iso(value) if isinstance(value, datetime) else value for name, value in shown.items()}
    if updated:
        detail["UpdatedModelPackageFields"] = list(updated)
    _put("Model Package State Change", [package.arn], detail)


def put_endpoint_event(endpoint: FakeEndpoint) -> None:
    """Statuses are spelled as here alone: `InService` is `IN_SERVICE`."""
    detail = {
        "EndpointName": endpoint.endpoint_name,
        "EndpointArn": endpoint.arn,
        "EndpointConfigName": endpoint.endpoint_config_name,
        "ProductionVariants": [
            {name: each[name] for name in ("DesiredWeight", "DesiredInstanceCount") if name in each}
            for each in endpoint.production_variants
        ],
        "EndpointStatus": re.sub(r"(?<=[a-z])(?=[A-Z])", "_", endpoint.endpoint_status).upper(),
        "CreationTime": unix_time_millis(endpoint.creation_time),
        "LastModifiedTime": unix_time_millis(endpoint.last_modified_time),
        "Tags": {tag["Key"]: tag["Value"] for tag in endpoint.tags},
    }
    _put("Endpoint State Change", [endpoint.arn], detail)


def _put_of_run(kind: str, run: Run, detail: Mapping[str, Any]) -> None:
    pipeline, execution = run.pipeline.arn, run.execution.arn
    known = {name: value for name, value in detail.items() if value is not None and value != ""}
    _put(kind, [pipeline, execution], {**known, "pipelineArn": pipeline, "pipelineExecutionArn": execution})


def _put(kind: str, resources: Sequence[str], detail: Mapping[str, Any]) -> None:
    """On the default bus of the account and region of the first resource, given by ARN."""
    place = parse_arn(resources[0])
    events_backends[place.account][place.region].put_events(
        [
            {
                "Source": "aws.sagemaker",
                "DetailType": f"SageMaker {kind}",
                "Resources": list(resources),
                "Detail": json.dumps(detail),
            }
        ]
    )


def _time(step: Mapping[str, Any], name: str) -> str | None:
    return iso_seconds(step[name]) if name in step else None


def _camel_case(value: Any) -> Any:
    """The API's names as events spell them: `ProcessingJob` is `processingJob`."""
    if isinstance(value, Mapping):
        return {_camel_case_name(name): _camel_case(each) for name, each in value.items()}
    return [_camel_case(each) for each in value] if isinstance(value, list) else value


def _camel_case_name(name: str) -> str:
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]
