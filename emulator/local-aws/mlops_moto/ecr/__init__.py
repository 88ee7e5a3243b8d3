"""ECR: images by the digest of their manifest, of layers that are there, scanned, and told to EventBridge."""

from . import images, scans

__all__ = ["install"]


def install() -> None:
    images.install()
    scans.install()
