"""ECR: images by the digest of their manifest, of layers that are there, scanned, and told to EventBridge."""

from . import images, scans, tokens
from .registry import Registry

__all__ = ["Registry", "install"]


def install() -> None:
    images.install()
    scans.install()
    tokens.install()
