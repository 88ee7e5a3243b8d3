"""
EventBridge rules as AWS runs them. moto (5.2.5) delivers to disabled rules, lets a rule with only a schedule match
every event, passes times as numbers and knows neither SNS nor SageMaker pipelines as targets.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from moto.events.models import EventsBackend, Rule

from ..patching import replace
from . import invocations
from .delivery import Delivery
from .retries import deliver

_FIELDS = ("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")
_IDENTITY = uuid.UUID("6f1d3c0e-3f0f-4a6e-9a55-6d3f5f3b8c11")

_put_events_by_moto = EventsBackend.put_events


def install() -> None:
    replace(Rule, "send_to_targets", send_to_targets)
    replace(EventsBackend, "put_events", put_events)


def put_events(backend: EventsBackend, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """PutEvents, which answers with the ids that targets see."""
    entries: list[dict[str, Any]] = _put_events_by_moto(backend, events)
    for event, entry in zip(events, entries, strict=True):
        if "EventId" in entry:
            detail = json.loads(event["Detail"])
            shape = (event["Source"], event["DetailType"], event.get("Resources", []), detail)
            entry["EventId"] = _event_id(entry["EventId"], backend.account_id, backend.region_name, *shape)
    return entries


def send_to_targets(rule: Rule, original_event: Mapping[str, Any], transform_input: bool = True) -> None:
    """Replaces moto's method: delivers an event to each target of a rule that it matches."""
    if rule.state == "DISABLED" or not _matches(rule, original_event):
        return
    event = as_sent(original_event)
    for target in list(rule.targets):
        deliver(Delivery(rule, target, event, original_event))
        invocations.count(rule)


def _matches(rule: Rule, event: Mapping[str, Any]) -> bool:
    """A rule that has only a schedule takes nothing but its own scheduled event, which names it."""
    if rule.event_pattern.get_pattern():
        return bool(rule.event_pattern.matches_event(as_sent(event) | _replay(event)))
    scheduled = event["source"] == "aws.events" and event["detail-type"] == "Scheduled Event"
    return scheduled and rule.arn in event["resources"]


def as_sent(raw: Mapping[str, Any]) -> dict[str, Any]:
    """An event as targets see it, from moto's own form."""
    event = {name: raw[name] for name in _FIELDS if name in raw}
    shape = (event["source"], event["detail-type"], event["resources"], event["detail"])
    return {
        **event,
        "id": _event_id(event["id"], event["account"], event["region"], *shape),
        "time": _iso(event["time"]),
    }


def _replay(event: Mapping[str, Any]) -> dict[str, Any]:
    return {"replay-name": event["replay-name"]} if "replay-name" in event else {}


def _event_id(given: str, account: str, region: str, source: str, *shape: object) -> str:
    """
    An AWS service may emit one change more than once, and EventBridge may deliver it more than once, under one id.
    So that this can be played here, the id of a service's event follows from its content, whatever its time. Scheduled
    events, which all look alike, and events of applications keep the id given.
    """
    if not source.startswith("aws.") or source == "aws.events":
        return given
    return str(uuid.uuid5(_IDENTITY, json.dumps([account, region, source, *shape], sort_keys=True)))


def _iso(time: str | float) -> str:
    if isinstance(time, str) and not time.replace(".", "", 1).isdigit():
        return time
    return datetime.fromtimestamp(float(time), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
