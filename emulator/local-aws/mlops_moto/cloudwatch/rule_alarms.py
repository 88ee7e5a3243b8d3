"""
Alarms on how often a rule called its targets, which moto (5.2.5) keeps and never raises: evaluated when the rule does,
and whenever somebody looks at the alarm. EventBridge says nothing where there was no invocation, so that
`TreatMissingData` decides.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from collections.abc import Iterable
from datetime import timedelta

from moto.cloudwatch.models import Alarm, CloudWatchBackend, cloudwatch_backends
from moto.core.utils import utcnow
from moto.events.models import Rule, events_backends

from ..events import invocations
from ..patching import replace
from .states import set_state

_by_moto = {
    name: getattr(CloudWatchBackend, name)
    for name in ("describe_alarms", "get_alarms_by_alarm_names", "get_alarms_by_alarm_name_prefix")
}


def install() -> None:
    invocations.watchers.append(_invoked)
    for name in _by_moto:
        replace(CloudWatchBackend, name, _looked_at(name))


def _looked_at(name: str) -> object:
    def look(backend: CloudWatchBackend, *given: str) -> Iterable[Alarm]:
        for alarm in list(backend.alarms.values()):
            evaluate(alarm, backend)
        found: Iterable[Alarm] = _by_moto[name](backend, *given)
        return found

    return look


def _invoked(rule: Rule) -> None:
    backend = cloudwatch_backends[rule.account_id][rule.region_name]
    for alarm in list(backend.alarms.values()):
        if _rule_of(alarm) == rule.name:
            evaluate(alarm, backend)


def _rule_of(alarm: Alarm) -> str | None:
    dimensions = {dimension.name: dimension.value for dimension in alarm.dimensions or []}
    of_rules = (alarm.namespace, alarm.metric_name, alarm.statistic) == ("AWS/Events", "Invocations", "Sum")
    return dimensions.get("RuleName") if of_rules else None


def evaluate(alarm: Alarm, backend: CloudWatchBackend) -> None:
    """An alarm is raised where each of its periods breaches: by the best of them, so the sum over all is enough."""
    name = _rule_of(alarm)
    if name is None:
        return
    window = timedelta(seconds=int(alarm.period) * int(alarm.evaluation_periods))
    events = events_backends[backend.account_id][backend.region_name]
    count = invocations.since(events, name, utcnow() - window)
    if count == 0 and alarm.treat_missing_data != "breaching":
        return
    set_state(alarm, count)
