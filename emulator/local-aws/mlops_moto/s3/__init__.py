"""S3: bucket policies with their conditions."""

from .bucket_policies import install

__all__ = ["install"]
