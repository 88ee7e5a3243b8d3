"""Executions that are stopped while their thread has yet to begin."""

from __future__ import annotations

from datetime import datetime, timezone
from threading import Event
from typing import Any

import pytest
from deployed_functions import eventually
from mlops_moto.states.stops import Reason, run, stop
from moto.stepfunctions.parser.asl.component.program.program import Program
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker
from moto.stepfunctions.parser.models import StepFunctionsParserBackend
from state_machines import END, definition


@pytest.mark.parametrize(
    ("owner", "method"),
    [(ExecutionWorker, "_get_evaluation_entrypoint"), (Program, "eval")],
    ids=["while its definition is read", "before its first state"],
)
def test_an_execution_that_is_stopped_before_it_begins_ends_where_it_begins(
    monkeypatch: pytest.MonkeyPatch, owner: type, method: str
) -> None:
    goes_on, by_moto = Event(), getattr(owner, method)

    def late(*arguments: Any) -> object:
        goes_on.wait()
        return by_moto(*arguments)

    monkeypatch.setattr(owner, method, late)
    monkeypatch.setattr(Program, "_eval_body", run)
    backend = StepFunctionsParserBackend("us-east-1", "111111111111")
    text = definition(A={"Type": "Wait", "Seconds": 600, "Next": "B"}, B=END)
    machine = backend.create_state_machine("flow", text, "arn:aws:iam::111111111111:role/flow", [])
    execution = backend.start_execution(machine.arn, "one", "{}")
    stop(execution, Reason(datetime.now(tz=timezone.utc), "Enough", "somebody had it stopped"))
    goes_on.set()
    assert eventually(lambda: execution.status, lambda status: status != "RUNNING") == "ABORTED"
    told = execution.to_history_output()["events"][-1]
    assert told["executionAbortedEventDetails"] == {"error": "Enough", "cause": "somebody had it stopped"}
