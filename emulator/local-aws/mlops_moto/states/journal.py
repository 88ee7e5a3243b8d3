"""
The log of an execution, in the group that its state machine names. moto (5.2.5) writes none.
https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
"""

import json
from typing import Any

from moto.core.utils import unix_time_millis, utcnow
from moto.logs.models import logs_backends
from moto.stepfunctions.models import StateMachineInstance
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_manager import EventManager
from moto.stepfunctions.parser.asl.eval.event.logging import is_logging_enabled_for
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker
from moto.utilities.arns import parse_arn

from ..patching import replace
from ..wsgi.serial import STATE_LOCK

_worker_by_moto = Execution._get_start_execution_worker
_environment_by_moto = ExecutionWorker._get_evaluation_environment
_add_by_moto = EventManager.add_event

_DATA = ("input", "inputDetails", "output", "outputDetails", "parameters")
"""What a log has only where `includeExecutionData` is set: tokens are among the parameters."""


class _Log:
    def __init__(self, machine: StateMachineInstance, execution_arn: str) -> None:
        given = machine.loggingConfiguration
        (destination,) = given.get("destinations") or [{}]
        self._level = given.get("level", "OFF")
        self._has_data = bool(given.get("includeExecutionData"))
        self._group = destination.get("cloudWatchLogsLogGroup", {}).get("logGroupArn", "").removesuffix(":*")
        self._stream = f"states/{machine.name}/{utcnow():%Y-%m-%d-%H-%M}"
        self._execution = execution_arn

    def write(self, event: dict[str, Any]) -> None:
        if not self._group or not is_logging_enabled_for(self._level, event["type"]):
            return
        details = next((value for name, value in event.items() if name.endswith("Details")), {})
        shown = {name: value for name, value in details.items() if self._has_data or name not in _DATA}
        now = int(unix_time_millis(utcnow()))
        line = {
            "id": str(event["id"]),
            "type": event["type"],
            "details": shown,
            "previous_event_id": str(event["previousEventId"]),
            "event_timestamp": str(now),
            "execution_arn": self._execution,
        }
        self._put({"timestamp": now, "message": to_json_str(json.loads(to_json_str(line)))})

    def _put(self, event: dict[str, Any]) -> None:
        place = parse_arn(self._group)
        group = self._group.split(":log-group:", 1)[1]
        with STATE_LOCK:
            backend = logs_backends[place.account][place.region]
            if group not in backend.groups:
                return
            if self._stream not in backend.groups[group].streams:
                backend.create_log_stream(group, self._stream)
            backend.put_log_events(group, self._stream, [event])


def install() -> None:
    replace(Execution, "_get_start_execution_worker", _worker)
    replace(ExecutionWorker, "_get_evaluation_environment", _environment)
    replace(EventManager, "add_event", _add)


def _worker(execution: Execution) -> ExecutionWorker:
    worker = _worker_by_moto(execution)
    vars(worker)["log"] = _Log(execution.state_machine, execution.exec_arn)
    worker.env = worker._get_evaluation_environment()
    return worker


def _environment(worker: ExecutionWorker) -> Environment:
    """There from the start: who stops an execution before its thread has come to it finds it."""
    if worker.env is not None:
        return worker.env
    env = _environment_by_moto(worker)
    vars(env.event_manager)["log"] = vars(worker)["log"]
    return env


def _add(manager: EventManager, *given: Any, **named: Any) -> int:
    """Written once moto has let go of its lock, for which who reads the history waits, with the lock of all state."""
    number: int = _add_by_moto(manager, *given, **named)
    log: _Log | None = vars(manager).get("log")
    if log:
        log.write(next(event for event in manager.get_event_history() if event["id"] == number))
    return number
