"""
What happens to a stack after it was asked for: its resources in order, and back where one fails.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
"""

import logging
import threading
from collections.abc import Callable, Mapping

from moto.core.utils import utcnow

from ...sagemaker.endpoints.role_clients import Clients
from ..templates.errors import TemplateError
from ..templates.template import Filled
from .making import FailedError, Making
from .stack import Resource, Stack

_GONE = ("DELETE_COMPLETE", "DELETE_SKIPPED")


def start(stack: Stack, run: Callable[[], None]) -> None:
    """Beside all requests."""
    threading.Thread(target=_work, args=(stack, run), daemon=True).start()


def _work(stack: Stack, run: Callable[[], None]) -> None:
    try:
        run()
    except Exception as error:  # a mistake of ours must not leave the stack under way for ever
        logging.exception("stack %s", stack.id)
        verb = stack.status.partition("_")[0]
        ended = "UPDATE_ROLLBACK_FAILED" if verb == "UPDATE" else f"{verb}_FAILED"
        stack.set_status(ended, f"Internal Failure: {error!r}")


def create(stack: Stack, clients: Clients) -> None:
    making = Making(stack, clients)
    try:
        for declared in stack.filled.resources.values():
            making.apply(declared, stack.filled, stack.tags)
        stack.outputs = making.outputs(stack.filled)
    except (FailedError, TemplateError) as failure:
        _take_back(making, str(failure))
        return
    stack.set_status("CREATE_COMPLETE")


def update(stack: Stack, clients: Clients, filled: Filled, tags: Mapping[str, str]) -> None:
    making, before = Making(stack, clients), dict(stack.resources)
    try:
        for declared in filled.resources.values():
            making.apply(declared, filled, tags)
        outputs = making.outputs(filled)
    except (FailedError, TemplateError) as failure:
        _restore(making, before, str(failure))
        return
    wanted = filled.resources
    gone = [(each, each.deletion_policy) for name, each in before.items() if name not in wanted]
    making.superseded = [*gone, *making.superseded]
    stack.filled, stack.tags, stack.outputs = filled, tags, outputs
    stack.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    making.clean_up()
    stack.set_status("UPDATE_COMPLETE")


def delete(stack: Stack, clients: Clients, retained: frozenset[str]) -> None:
    failed = _delete_all(Making(stack, clients), retained)
    if failed:
        stack.set_status("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}].")
    else:
        stack.set_status("DELETE_COMPLETE")


def _take_back(making: Making, reason: str) -> None:
    """Of a stack that could not be created."""
    stack = making.stack
    if stack.on_failure == "DO_NOTHING":
        stack.set_status("CREATE_FAILED", reason)
        return
    verb = "DELETE" if stack.on_failure == "DELETE" else "ROLLBACK"
    stack.set_status(f"{verb}_IN_PROGRESS", f"{reason} {verb.title()} requested by user.")
    failed = _delete_all(making, frozenset(), created=False)
    if failed:
        why = f"The following resource(s) failed to delete: [{', '.join(failed)}]."
        stack.set_status(f"{verb}_FAILED", f"{reason} {why}")
    else:
        stack.set_status(f"{verb}_COMPLETE", reason)


def _restore(making: Making, before: Mapping[str, Resource], reason: str) -> None:
    stack = making.stack
    stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", reason)
    making.superseded = []
    try:
        for resource in before.values():
            making.restore(resource)
    except FailedError as failure:
        stack.set_status("UPDATE_ROLLBACK_FAILED", f"{reason} {failure}")
        return
    for added in [each for name, each in stack.resources.items() if name not in before]:
        making.discard(added)
    stack.set_status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", reason)
    making.clean_up()
    stack.set_status("UPDATE_ROLLBACK_COMPLETE", reason)


def _delete_all(making: Making, retained: frozenset[str], *, created: bool = True) -> list[str]:
    """
    In reverse; what others that are still there need stays with them. Returns those that could not be deleted.

    created: whether the stack ever came to be, for some policies keep a resource only then
    """
    stack, failed, needed = making.stack, list[str](), set[str]()
    order = list(stack.filled.resources)
    rest = [name for name in stack.resources if name not in order]
    for name in [*rest, *reversed(order)]:
        resource = stack.resources.get(name)
        if resource is None or resource.status in _GONE or name in retained:
            continue
        policy = resource.deletion_policy
        policy = "Delete" if policy == "RetainExceptOnCreate" and not created else policy
        if name in needed or not making.delete(resource, policy):
            failed += [] if name in needed else [name]
            declared = stack.filled.resources.get(name)
            needed |= declared.after if declared else set()
    return failed


def begun(stack: Stack, status: str) -> None:
    stack.set_status(status, "User Initiated")
    if status.startswith("UPDATE"):
        stack.updated = utcnow()
