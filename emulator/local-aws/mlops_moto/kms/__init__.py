"""KMS: aliases that know since when they lead to their key."""

from .aliases import install

__all__ = ["install"]
