"""
Bucket policies with their conditions. moto (5.2.5) leaves conditions and principals out, so that "deny what does not
come over TLS" denies every object. Only statements for everybody (`*`) count here; local plain HTTP counts as TLS.
moto also asks that the policy which lets server access logs in is written in just one way.
"""

from typing import Any

from flask import has_request_context, request
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from ..iam.policies import AccessRequest, allows, decide, statements_of
from ..patching import replace

_SOMEBODY = (("AWS", "somebody"),)
_LOGGING = (("Service", "logging.s3.amazonaws.com"),)
# moto names actions after methods: parts of an upload are posted, objects are looked at by HEAD.
_ACTIONS = {"s3:PostObject": "s3:PutObject", "s3:HeadObject": "s3:GetObject"}
_RESULTS = {"Deny": PermissionResult.DENIED, "Allow": PermissionResult.PERMITTED}


def install() -> None:
    replace(FakeBucket, "get_permission", get_permission)
    replace(FakeBucket, "_log_permissions_enabled_policy", staticmethod(takes_access_logs))


def get_permission(bucket: FakeBucket, action: str, resource: str) -> Any:
    policy = bucket.policy.decode() if bucket.policy else None
    effect = decide(policy, AccessRequest(_ACTIONS.get(action, action), resource, _context(), _SOMEBODY))
    return _RESULTS.get(effect or "", PermissionResult.NEUTRAL)


def takes_access_logs(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    """Whether a bucket's policy lets S3 write access logs, whatever the conditions: their source is not known here."""
    policy = target_bucket.policy.decode() if target_bucket.policy else None
    bare = [{**statement, "Condition": {}} for statement in statements_of(policy)]
    anything = f"arn:aws:s3:::{target_bucket.name}/{target_prefix or ''}log"
    return allows({"Statement": bare}, AccessRequest("s3:PutObject", anything, {}, _LOGGING))


def _context() -> dict[str, str]:
    """`s3:x-amz-…` condition keys are headers of the request, and so are those of conditional writes."""
    if not has_request_context():
        return {"aws:SecureTransport": "true"}
    headers = dict(request.headers).items()
    sent = {f"s3:{name.lower()}": value for name, value in headers if name.lower().startswith(("x-amz-", "if-"))}
    return {**sent, "s3:ObjectCreationOperation": str(_makes_an_object()).lower(), "aws:SecureTransport": "true"}


def _makes_an_object() -> bool:
    """
    Not what begins an upload in parts, or adds a part to it.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    """
    if request.method == "PUT":
        return "uploadId" not in request.args
    return request.method == "POST" and "uploads" not in request.args
