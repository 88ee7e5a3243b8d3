"""
SageMaker's quotas of a new account, by the names that Service Quotas has: one for each use of each instance type that
SageMaker's API knows. Of those for processing jobs three have a default above 0, of those for training and transform
jobs none (`get-aws-default-service-quota`, July and September 2026). Codes of which nobody has told are made up.
https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
"""

import hashlib
from functools import cache
from typing import Any

from moto.core.utils import get_service_model

_USES = {
    "processing job": "ProcessingInstanceType",
    "training job": "TrainingInstanceType",
    "transform job": "TransformInstanceType",
    "endpoint": "ProductionVariantInstanceType",
}
_ABOVE_ZERO = {
    "ml.t3.medium for processing job usage": 4.0,
    "ml.t3.large for processing job usage": 4.0,
    "ml.t3.xlarge for processing job usage": 2.0,
}
_CODES = {
    "ml.t3.medium for processing job usage": "L-0CE343FE",
    "ml.t3.large for processing job usage": "L-C076FA77",
    "ml.t3.2xlarge for processing job usage": "L-1E2072C0",
    "ml.m5.large for processing job usage": "L-8541302D",
    "ml.m5.large for training job usage": "L-611FA074",
    "ml.m5.large for transform job usage": "L-236AE59F",
    "ml.m5.xlarge for processing job usage": "L-0307F515",
    "ml.m5.xlarge for training job usage": "L-CCE2AFA6",
    "ml.m5.xlarge for transform job usage": "L-7939E4EC",
}


def default_quotas(region: str, account: str) -> list[dict[str, Any]]:
    return [_quota(name, region, account) for name in _names()]


@cache
def _names() -> list[str]:
    """In order."""
    shape_for = get_service_model("sagemaker").shape_for
    return sorted(f"{kind} for {use} usage" for use, shape in _USES.items() for kind in shape_for(shape).enum)


def _quota(name: str, region: str, account: str) -> dict[str, Any]:
    code = _CODES.get(name) or f"L-{hashlib.sha256(name.encode()).hexdigest()[:8].upper()}"
    return {
        "ServiceCode": "sagemaker",
        "ServiceName": "Amazon SageMaker",
        "QuotaArn": f"arn:aws:servicequotas:{region}:{account}:sagemaker/{code}",
        "QuotaCode": code,
        "QuotaName": name,
        "Value": _ABOVE_ZERO.get(name, 0.0),
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
    }
