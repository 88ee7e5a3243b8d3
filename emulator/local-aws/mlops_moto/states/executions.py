"""
Executions: each has a name, says how it ended, and tells the bus when it begins and ends. moto (5.2.5) calls one that
was given no name `None`, tells nobody, and forgets why one was stopped.
https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
"""

import json
import uuid
from datetime import datetime, timezone
from typing import Any

from moto.core.responses import ActionResult
from moto.events.models import events_backends
from moto.stepfunctions.parser.api import ExecutionFailedEventDetails, ExecutionStatus
from moto.stepfunctions.parser.asl.component.program.program import Program
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication, Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend, stepfunctions_parser_backends
from moto.stepfunctions.responses import StepFunctionResponse

from ..patching import replace
from ..wsgi.serial import STATE_LOCK
from .stops import Reason, run, stop

_start_by_moto = StepFunctionsParserBackend.start_execution
_begin_by_moto = Execution.start
_list_by_moto = StepFunctionResponse.list_executions
_fail_by_moto = Environment.set_error


def install() -> None:
    replace(StepFunctionsParserBackend, "start_execution", _start)
    replace(Execution, "start", _begin)
    replace(BaseExecutionWorkerCommunication, "terminated", _end)
    replace(Environment, "set_error", fail)
    replace(Program, "_eval_body", run)
    replace(StepFunctionResponse, "describe_execution", _describe)
    replace(StepFunctionResponse, "list_executions", _list)
    replace(StepFunctionResponse, "stop_execution", _stop)


def _start(
    backend: StepFunctionsParserBackend,
    state_machine_arn: str,
    name: str | None = None,
    execution_input: str | None = None,
    trace_header: str | None = None,
) -> Execution:
    return _start_by_moto(backend, state_machine_arn, name or str(uuid.uuid4()), execution_input, trace_header)


def _begin(execution: Execution) -> None:
    """Told before its thread runs, so that nothing is told in the wrong order."""
    execution.exec_status = ExecutionStatus.RUNNING
    _tell(execution)
    _begin_by_moto(execution)


def _end(communication: BaseExecutionWorkerCommunication) -> None:
    execution = communication.execution
    with STATE_LOCK:
        communication._reflect_execution_status()
        _take_reason(execution)
        _tell(execution)


def fail(env: Environment, error: ExecutionFailedEventDetails) -> None:
    """Only what runs: a state that is stopped halfway may fail for that, which is no end of its own."""
    with env._state_mutex:
        if env.is_running():
            _fail_by_moto(env, error)


def abandon() -> None:
    """All that are under way: their threads are not here."""
    for regions in stepfunctions_parser_backends.values():
        for backend in regions.values():
            for execution in backend._get_executions(ExecutionStatus.RUNNING):
                execution.exec_status, execution.stop_date = ExecutionStatus.ABORTED, datetime.now(tz=timezone.utc)


def _take_reason(execution: Execution) -> None:
    """Of one that somebody stopped."""
    state = execution.exec_worker.env.program_state()
    if execution.status == "ABORTED":
        execution.error, execution.cause = state.error, state.cause


def _tell(execution: Execution) -> None:
    """https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html"""
    ended = execution.status == "SUCCEEDED"
    detail = {
        "executionArn": execution.exec_arn,
        "stateMachineArn": execution.state_machine_arn,
        "name": execution.name,
        "status": execution.status,
        "startDate": _milliseconds(execution.start_date),
        "stopDate": _milliseconds(execution.stop_date),
        "input": execution.execution_input,
        "output": json.dumps(execution.output) if ended else None,
        "inputDetails": {"included": True},
        "outputDetails": {"included": True} if ended else None,
        "error": execution.error,
        "cause": execution.cause,
    }
    entry = {
        "Source": "aws.states",
        "DetailType": "Step Functions Execution Status Change",
        "Resources": [execution.exec_arn],
        "Detail": json.dumps(detail),
    }
    events_backends[execution.account_id][execution.region_name].put_events([entry])


def _milliseconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1000) if moment else None


def _find(response: StepFunctionResponse) -> Execution:
    return response.stepfunction_backend.describe_execution(response._get_param("executionArn"))


def _describe(response: StepFunctionResponse) -> ActionResult:
    execution = _find(response)
    told = {name: value for name, value in execution.to_describe_output().items() if value is not None}
    return ActionResult({**told, "status": execution.status})


def _list(response: StepFunctionResponse) -> ActionResult:
    answer = _list_by_moto(response)
    listed: Any = answer.result
    for each in listed["executions"]:
        stopped = response.stepfunction_backend.describe_execution(each["executionArn"]).stop_date
        each.update({"stopDate": stopped} if stopped else {})
    return answer


def _stop(response: StepFunctionResponse) -> ActionResult:
    """Its state is known a little later, as on AWS."""
    execution = _find(response)
    reason = Reason(datetime.now(tz=timezone.utc), response._get_param("error"), response._get_param("cause"))
    stop(execution, reason)
    return ActionResult({"stopDate": execution.stop_date or reason.at})
