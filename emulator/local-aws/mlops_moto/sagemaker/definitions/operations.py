"""Kinds of step, and the requests whose shapes their arguments and properties have in AWS's own service model."""

from __future__ import annotations

from typing import NamedTuple

from botocore.model import Shape

from ..service_model import service_model


class Operations(NamedTuple):
    """What a step of one kind sends, and what describes the result."""

    create: str
    describe: str


_PROCESSING = Operations("CreateProcessingJob", "DescribeProcessingJob")

# https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html, and for what is younger the SDK:
# https://github.com/aws/sagemaker-python-sdk/pull/6224
OPERATIONS: dict[str, Operations | None] = {
    "AutoML": Operations("CreateAutoMLJob", "DescribeAutoMLJob"),
    "Callback": None,
    "ClarifyCheck": _PROCESSING,
    "Condition": None,
    "EMR": None,
    "EMRServerless": None,
    "Endpoint": Operations("CreateEndpoint", "DescribeEndpoint"),
    "EndpointConfig": Operations("CreateEndpointConfig", "DescribeEndpointConfig"),
    "Fail": None,
    "InferenceComponent": Operations("CreateInferenceComponent", "DescribeInferenceComponent"),
    "Lambda": None,
    "Lineage": None,
    "Model": Operations("CreateModel", "DescribeModel"),
    "Processing": _PROCESSING,
    "QualityCheck": _PROCESSING,
    "RegisterModel": Operations("CreateModelPackage", "DescribeModelPackage"),
    "Training": Operations("CreateTrainingJob", "DescribeTrainingJob"),
    "Transform": Operations("CreateTransformJob", "DescribeTransformJob"),
    "Tuning": Operations("CreateHyperParameterTuningJob", "DescribeHyperParameterTuningJob"),
}


def arguments_of(kind: str) -> Shape | None:
    operations = OPERATIONS[kind]
    return operations and service_model().operation_model(operations.create).input_shape


def properties_of(kind: str, first: str) -> Shape | None:
    """What holds a property of that first key. Of a tuning job AWS's SDK has the list of its training jobs as well."""
    operations = OPERATIONS[kind]
    if operations is None:
        return None
    listing = "ListTrainingJobsForHyperParameterTuningJob"
    also = listing if kind == "Tuning" and first == "TrainingJobSummaries" else operations.describe
    return service_model().operation_model(also).output_shape
