"""Changes of an execution's and of a step's status: recorded, and told to EventBridge."""

from moto.core.utils import utcnow

from . import jobs, tuning_jobs
from .events import put_execution_event, put_step_event
from .runs import FINAL, Run, Step


def set_status(run: Run, status: str, reason: str | None = None) -> None:
    execution, previous, now = run.execution, run.status, utcnow()
    execution.pipeline_execution_status = status
    execution.last_modified_time = now
    if reason:
        vars(execution)["pipeline_execution_failure_reason"] = reason
    if status in FINAL:
        run.ended = now
    run.history.append({"status": status})
    put_execution_event(run, previous)


def set_step(run: Run, step: Step) -> None:
    """Adds a step, or replaces what was known of it."""
    name = step["StepName"]
    previous = run.steps.get(name, {}).get("StepStatus")
    run.steps[name] = step
    if step["StepStatus"] != previous:
        run.history.append({"step": name, "status": step["StepStatus"]})
        put_step_event(run, step, previous)


def _jobs_of(step: Step) -> list[str]:
    """ARNs of the jobs that a step's metadata names."""
    named = [value for kind in (step.get("Metadata") or {}).values() for value in kind.values()]
    return [value for value in named if isinstance(value, str) and "-job/" in value and value.startswith("arn:")]


def _abandon_job(arn: str, status: str, reason: str | None) -> None:
    name = arn.split("/")[-1]
    if ":hyper-parameter-tuning-job/" in arn:
        tuning_jobs.abandon(jobs.backend_of(arn), name, status, reason)
    else:
        jobs.abandon(arn, status, reason)


def abandon(run: Run, reason: str) -> None:
    """Ends an execution that nobody runs any more: as stopped where that was asked for, else as failed."""
    stopping = run.status == "Stopping"
    ending = {"StepStatus": "Stopped"} if stopping else {"StepStatus": "Failed", "FailureReason": reason}
    for step in list(run.steps.values()):
        if step["StepStatus"] not in FINAL:
            for arn in _jobs_of(step):
                _abandon_job(arn, ending["StepStatus"], ending.get("FailureReason"))
            set_step(run, {**step, **ending, "EndTime": utcnow()})
    set_status(run, ending["StepStatus"], None if stopping else reason)
