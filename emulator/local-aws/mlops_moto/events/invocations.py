"""When a rule called its targets, as CloudWatch counts it by the rule's name: `Invocations` of `AWS/Events`."""

from collections.abc import Callable
from datetime import datetime

from moto.core.utils import utcnow
from moto.events.models import EventsBackend, Rule, events_backends

watchers: list[Callable[[Rule], None]] = []
"""Told of each invocation."""


def count(rule: Rule) -> None:
    moments = _moments(events_backends[rule.account_id][rule.region_name])
    moments.setdefault(rule.name, []).append(utcnow())
    for told in watchers:
        told(rule)


def since(backend: EventsBackend, rule: str, moment: datetime) -> int:
    return sum(each > moment for each in _moments(backend).get(rule, []))


def _moments(backend: EventsBackend) -> dict[str, list[datetime]]:
    moments: dict[str, list[datetime]] = vars(backend).setdefault("invocations", {})
    return moments
