"""STS: a record of who assumed which role."""

from .assumed_roles import install

__all__ = ["install"]
