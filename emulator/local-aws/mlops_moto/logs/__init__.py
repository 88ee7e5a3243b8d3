"""CloudWatch Logs: groups whose key is given to them once they stand."""

from .keys import install

__all__ = ["install"]
