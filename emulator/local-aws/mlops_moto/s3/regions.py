"""
Buckets that are asked for in a region in which they are not. moto (5.2.5) gives them out; S3 answers with their region.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
"""

from collections.abc import Callable
from typing import Any

from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from ..patching import replace

_Respond = Callable[[S3Response, Any, str], Any]


def install() -> None:
    for name in ("_bucket_response", "_key_response"):
        replace(S3Response, name, _in_its_region(getattr(S3Response, name)))


def _in_its_region(respond: _Respond) -> _Respond:
    def responding(response: S3Response, request: Any, full_url: str) -> Any:
        bucket = _bucket_of(response, request, full_url)
        if bucket is None or "Authorization" not in request.headers or bucket.region_name == response.region:
            return respond(response, request, full_url)
        return 301, {"x-amz-bucket-region": bucket.region_name}, "" if request.method == "HEAD" else _redirect(bucket)

    return responding


def _bucket_of(response: S3Response, request: Any, full_url: str) -> FakeBucket | None:
    name = response.parse_bucket_name_from_url(request, full_url)
    try:
        return response.backend.get_bucket(name) if name else None
    except S3ClientError:
        return None


def _redirect(bucket: FakeBucket) -> str:
    return (
        "<Error><Code>PermanentRedirect</Code>"
        "<Message>The bucket you are attempting to access must be addressed using the specified endpoint.</Message>"
        f"<Endpoint>s3.{bucket.region_name}.amazonaws.com</Endpoint><Bucket>{bucket.name}</Bucket></Error>"
    )
