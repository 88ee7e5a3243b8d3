"""STS: a record of who assumed which role, and roles for whoever brings a token."""

from .assumed_roles import install
from .web_identity import WebIdentities

__all__ = ["WebIdentities", "install"]
