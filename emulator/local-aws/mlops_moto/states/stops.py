"""
Executions that are stopped before their first state, for their thread reads the definition first, as long as the
machine is busy: moto (5.2.5) answers, and lets them run.
"""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from moto.stepfunctions.parser.asl.component.program.program import Program
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.backend.execution import Execution

_run_by_moto = Program._eval_body

_LOCK = Lock()


@dataclass(frozen=True)
class Reason:
    at: datetime
    error: str | None
    cause: str | None


# Of those that are to stop where they begin, by ARN.
_EARLY: dict[str, Reason] = {}


def stop(execution: Execution, reason: Reason) -> None:
    """Does nothing where it has ended."""
    with _LOCK:
        env = execution.exec_worker.env
        if env is None or env.program_state() is None:
            _EARLY.setdefault(execution.exec_arn, reason)
        elif execution.status == "RUNNING":
            execution.stop(reason.at, reason.error, reason.cause)


def run(program: Program, env: Environment) -> None:
    """Runs the states; those of a frame are part of an execution that has begun."""
    if not env.is_frame():
        _stop_early(env)
    _run_by_moto(program, env)


def _stop_early(env: Environment) -> None:
    arn = env.states.context_object.context_object_data["Execution"]["Id"]
    with _LOCK:
        if reason := _EARLY.pop(arn, None):
            env.set_stop(stop_date=reason.at, error=reason.error, cause=reason.cause)
