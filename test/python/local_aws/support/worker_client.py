"""A worker that runs pipelines, as local SageMaker sees it."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError

from local_account import SECRET

HEADERS = {"x-local-aws-secret": SECRET}


class RefusedError(Exception):
    """What local SageMaker did not do, and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")


def post(endpoint: str, action: str, body: bytes) -> dict[str, Any]:
    request = urllib.request.Request(f"{endpoint}/mlops-local/{action}", body, HEADERS, method="POST")
    try:
        with urllib.request.urlopen(request) as response:
            return dict(json.loads(response.read()))
    except HTTPError as error:
        raise RefusedError(error.code, json.loads(error.read())["message"]) from error


@dataclass(frozen=True)
class Worker:
    endpoint: str
    name: str

    def call(self, action: str, **body: Any) -> dict[str, Any]:
        return post(self.endpoint, action, json.dumps({"worker": self.name, **body}).encode())

    def register(self) -> Worker:
        self.call("RegisterWorker")
        return self

    def take(self) -> dict[str, Any]:
        return self.call("TakeWork")

    def record(self, execution: str, status: str, name: str = "Preprocess", **step: Any) -> None:
        given = {"StepName": name, "StepStatus": status, "StepType": "Processing", "StartTime": "2026-01-01T00:00:00Z"}
        self.call("RecordStep", executionArn=execution, step={**given, **step})

    def succeed(self, execution: str, name: str, **result: Any) -> None:
        """With what the worker keeps of a step for later executions."""
        step = {"StepName": name, "StepType": "Processing", "StartTime": "2026-01-01T00:00:00Z"}
        given = {**step, "StepStatus": "Succeeded", "Metadata": {"Condition": {"Outcome": "True"}}}
        self.call("RecordStep", executionArn=execution, step=given, result={"metadata": {}, "properties": {}, **result})

    def end(self, execution: str, status: str, reason: str | None = None) -> None:
        self.call("RecordExecution", executionArn=execution, status=status, failureReason=reason)
