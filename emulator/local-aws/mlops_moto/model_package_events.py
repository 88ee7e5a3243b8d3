"""
What SageMaker tells EventBridge of a model package, in the account that holds it.
https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-model-package
"""

from collections.abc import Sequence
from datetime import datetime

from moto.sagemaker.models import ModelPackage

from .service_events import put_sagemaker_event
from .times import iso

_FIELDS = (
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


def put_model_package_event(package: ModelPackage, updated: Sequence[str] = ()) -> None:
    """updated: names of what an update changed. Times to the millisecond, or two updates would look the same."""
    known = {"LastModifiedTime": package.creation_time, **package.gen_response_object()}
    shown = {name: known[name] for name in _FIELDS if name in known}
    detail = {name: iso(value) if isinstance(value, datetime) else value for name, value in shown.items()}
    if updated:
        detail["UpdatedModelPackageFields"] = list(updated)
    put_sagemaker_event("Model Package State Change", [package.arn], detail)
