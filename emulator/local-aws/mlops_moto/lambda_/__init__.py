"""Lambda: settings of functions that moto forgets."""

from .configuration import install

__all__ = ["install"]
