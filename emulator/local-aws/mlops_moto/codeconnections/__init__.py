"""
CodeConnections, which moto (5.2.5) lacks: connections, which stay pending until a person completes them in a browser,
and Git by way of them.
https://docs.aws.amazon.com/codeconnections/latest/APIReference/Welcome.html
"""

from functools import partial

from ..wsgi.dispatcher import OWN_SERVICES
from .connections import answer
from .git_http import GitConnections

__all__ = ["GitConnections", "install"]

_TARGETS = {
    "codeconnections": ("CodeConnections_20231201", "com.amazonaws.codeconnections.CodeConnections_20231201"),
    "codestar-connections": (
        "CodeStar_connections_20191201",
        "com.amazonaws.codestar.connections.CodeStar_connections_20191201",
    ),
}


def install() -> None:
    for service, names in _TARGETS.items():
        for name in names:
            OWN_SERVICES[name] = partial(answer, service=service)
