"""The order in which things that wait for one another can be made."""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

from .errors import TemplateError


def in_order(after: Mapping[str, Collection[str]]) -> list[str]:
    """
    after: what each waits for; what nothing tells apart keeps its order

    raises TemplateError: where some wait for one another
    """
    sorter = TopologicalSorter({name: sorted(others) for name, others in after.items()})
    try:
        return [name for name in sorter.static_order() if name in after]
    except CycleError as error:
        circle = sorted(set(error.args[1]))
        raise TemplateError(f"Circular dependency between resources: [{', '.join(circle)}]") from error
