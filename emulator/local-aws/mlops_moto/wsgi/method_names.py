"""Which methods answer a service's actions: moto (5.2.5) looks through the whole class for each request, here once."""

from functools import cache

from moto.core import responses
from moto.core.utils import method_names_from_class


def install() -> None:
    """Once all methods are there; one that is replaced later keeps its name."""
    vars(responses)["method_names_from_class"] = cache(_names)


def _names(owner: type) -> frozenset[str]:
    return frozenset(method_names_from_class(owner))
