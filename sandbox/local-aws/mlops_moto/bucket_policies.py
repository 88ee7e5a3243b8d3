"""
Bucket policies with their conditions. moto (5.2.5) leaves conditions and principals out, so that "deny what does not
come over TLS" denies every object. Only statements for everybody (`*`) count here; local plain HTTP counts as TLS.
"""

from typing import Any

from flask import has_request_context, request
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from .patching import replace
from .policies import AccessRequest, decide

_SOMEBODY = (("AWS", "somebody"),)


def install() -> None:
    replace(FakeBucket, "get_permission", get_permission)


def get_permission(bucket: FakeBucket, action: str, resource: str) -> Any:
    policy = bucket.policy.decode() if bucket.policy else None
    effect = decide(policy, AccessRequest(action, resource, _context(), _SOMEBODY))
    return {"Deny": PermissionResult.DENIED, "Allow": PermissionResult.PERMITTED, None: PermissionResult.NEUTRAL}[
        effect
    ]


def _context() -> dict[str, str]:
    """`s3:x-amz-…` condition keys are headers of the request."""
    headers = dict(request.headers) if has_request_context() else {}
    sent = {f"s3:{name.lower()}": value for name, value in headers.items() if name.lower().startswith("x-amz-")}
    return {**sent, "aws:SecureTransport": "true"}
