"""EventBridge: rules, delivery with retries and dead letters, targets."""

from .rules import install

__all__ = ["install"]
