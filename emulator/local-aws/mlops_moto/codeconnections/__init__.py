"""
CodeConnections, which moto (5.2.5) lacks: connections, which stay pending until a person completes them in a browser.
https://docs.aws.amazon.com/codeconnections/latest/APIReference/Welcome.html
"""

from ..wsgi.dispatcher import OWN_SERVICES
from .connections import answer

__all__ = ["install"]


def install() -> None:
    for name in ("CodeConnections_20231201", "com.amazonaws.codeconnections.CodeConnections_20231201"):
        OWN_SERVICES[name] = answer
