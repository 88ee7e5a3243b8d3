"""
Service Catalog's own copies of templates, in a bucket of its own account: CloudFormation reads one with the rights of
the launch role, which must be allowed to read what has the tag.
https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
"""

import json

from moto.s3.models import S3Backend, s3_backends

from .state import Artifact

_ACCOUNT = "000000000000"
_TAG = {"servicecatalog:provisioning": "true"}


def copy_of(artifact: Artifact, region: str) -> str:
    """The address of its template's copy, which is made where there is none. With the lock."""
    bucket, backend = f"servicecatalog-copies-{region}", s3_backends[_ACCOUNT]["aws"]
    if bucket not in backend.buckets:
        _create(backend, bucket, region)
    key = f"{artifact.id}/template"
    if not backend.get_object(bucket, key):
        stored = backend.put_object(bucket, key, artifact.template.encode())
        backend.put_object_tagging(stored, _TAG)
    return f"https://{bucket}.s3.{region}.amazonaws.com/{key}"


def _create(backend: S3Backend, bucket: str, region: str) -> None:
    """Whoever may, by a policy of its own, may read it."""
    read = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    backend.create_bucket(bucket, region)
    backend.put_bucket_policy(bucket, json.dumps({"Version": "2012-10-17", "Statement": [read]}).encode())
