"""S3: bucket policies with their conditions, and buckets that are in one region."""

from . import bucket_policies, regions

__all__ = ["install"]


def install() -> None:
    bucket_policies.install()
    regions.install()
