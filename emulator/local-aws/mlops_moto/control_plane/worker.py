"""The work a worker fetches, and what it reports: executions, their steps, and how they ended."""

import time
from collections.abc import Mapping
from typing import Any

from moto.utilities.arns import parse_arn

from ..sagemaker import runs, standing_jobs
from ..sagemaker.run_status import abandon, set_status, set_step
from ..sagemaker.runs import Run, Step
from ..times import iso
from ..wsgi.serial import STATE_LOCK
from .api import Action, ActionError, Body, moment, one_of, required

_ENDED = "The runner ended while this execution ran"
_JOB_ENDED = "InternalServerError: the runner ended while this job ran"
_STEP_STATUSES = ("Starting", "Executing", "Stopping", "Stopped", "Failed", "Succeeded")
_LONGEST_STEP_REASON = 1024
_LONGEST_WAIT = 10.0
_PAUSE = 0.05
"""Both in seconds."""


class Worker:
    """Whoever registered last; all earlier ones are refused from then on."""

    def __init__(self) -> None:
        self._name: str | None = None

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "RegisterWorker": self.register,
            "AwaitWork": self.await_work,
            "TakeWork": self.take_work,
            "RecordStep": self.record_step,
            "RecordExecution": self.record_execution,
        }

    def register(self, body: Body) -> Body:
        """Whatever an earlier worker had taken and not finished ends here: nobody runs it any more."""
        self._name = str(required(body, "worker"))
        for run in runs.unfinished():
            if run.claimed:
                abandon(run, _ENDED)
        standing_jobs.abandon(_JOB_ENDED)
        return {}

    def await_work(self, body: Body) -> Body:
        """
        Answers once there is work, or after ten seconds. Takes none: a worker that has died meanwhile has lost nothing.
        Holds the state's lock only while it looks.
        """
        end = time.monotonic() + _LONGEST_WAIT
        while True:
            with STATE_LOCK:
                STATE_LOCK.only_reads()
                self._require_current(body)
                if standing_jobs.are_waiting() or any(map(_waits, runs.unfinished())):
                    return {}
            if time.monotonic() > end:
                return {}
            time.sleep(_PAUSE)

    def take_work(self, body: Body) -> Body:
        """Executions and jobs to run, each once; those to stop, until they have; answers to callbacks, once."""
        self._require_current(body)
        unfinished = list(runs.unfinished())
        claimed = [run for run in unfinished if run.claimed]
        new = [run for run in unfinished if not run.claimed]
        for run in new:
            run.claimed = True
        return {
            "executions": [_handed_out(run) for run in new],
            "jobs": standing_jobs.take(),
            "stoppingJobs": standing_jobs.to_stop(),
            "stopping": [run.execution.arn for run in claimed if run.status == "Stopping"],
            "callbacks": [answer for run in claimed for answer in _fetch_answers(run)],
        }

    def record_step(self, body: Body) -> Body:
        run = self._claimed_run(body)
        given = required(body, "step")
        if run.finished:
            raise ActionError(400, f"{run.execution.arn} has ended: {run.status}")
        if "result" in body:
            run.results[str(given["StepName"])] = body["result"]
        set_step(run, _step(given))
        return {}

    def record_execution(self, body: Body) -> Body:
        """May be said twice, as after an answer that got lost."""
        run = self._claimed_run(body)
        status = one_of(body, "status", runs.FINAL)
        if run.status == status:
            return {}
        if run.finished:
            raise ActionError(400, f"{run.execution.arn} has ended: {run.status}")
        set_status(run, status, body.get("failureReason"))
        return {}

    def _claimed_run(self, body: Body) -> Run:
        self._require_current(body)
        arn = required(body, "executionArn")
        run = runs.find(arn)
        if run is None:
            raise ActionError(404, f"Pipeline execution {arn} does not exist")
        if not run.claimed:
            raise ActionError(400, f"No worker has taken {arn}")
        return run

    def _require_current(self, body: Body) -> None:
        if required(body, "worker") != self._name:
            raise ActionError(409, "Another worker has registered since")


def _waits(run: Run) -> bool:
    """For the worker."""
    return not run.claimed or run.status == "Stopping" or bool(run.answers)


def _handed_out(run: Run) -> dict[str, Any]:
    place, execution = parse_arn(run.pipeline.arn), run.execution
    return {
        "executionArn": execution.arn,
        "pipelineArn": run.pipeline.arn,
        "pipelineName": run.pipeline.pipeline_name,
        "roleArn": run.role_arn,
        "account": place.account,
        "region": place.region,
        "definition": execution.pipeline_definition_for_execution,
        "parameters": execution.pipeline_parameters,
        "startTime": iso(execution.start_time),
        "selectedSteps": [each["StepName"] for each in run.selective["SelectedSteps"]] if run.selective else None,
        "reusedResults": run.results,
        "maxParallelSteps": (execution.parallelism_configuration or {}).get("MaxParallelExecutionSteps"),
    }


def _step(given: Body) -> Step:
    required(given, "StepName")
    one_of(given, "StepStatus", _STEP_STATUSES)
    times = {"StartTime": moment(given, "StartTime")}
    if given.get("EndTime"):
        times["EndTime"] = moment(given, "EndTime")
    step = {name: value for name, value in given.items() if value is not None} | times
    if "FailureReason" in step:
        step["FailureReason"] = str(step["FailureReason"])[:_LONGEST_STEP_REASON]
    return step


def _fetch_answers(run: Run) -> list[dict[str, Any]]:
    fetched = list(run.answers)
    run.answers.clear()
    return fetched
