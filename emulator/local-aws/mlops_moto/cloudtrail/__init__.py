"""CloudTrail: trails that say whether they have event selectors of their own."""

from .trails import install

__all__ = ["install"]
