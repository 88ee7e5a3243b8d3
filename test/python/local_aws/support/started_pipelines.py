"""Pipelines that are started, and what their account's default bus is told."""

from __future__ import annotations

import json
from typing import Any

from delivery_estate import TRAIN, Queue, create_rule
from local_account import Account


def start(account: Account, pipeline: str = TRAIN, **given: Any) -> str:
    answer = account.client("sagemaker").start_pipeline_execution(PipelineName=pipeline, **given)
    return str(answer["PipelineExecutionArn"])


def describe(account: Account, execution: str) -> dict[str, Any]:
    return dict(account.client("sagemaker").describe_pipeline_execution(PipelineExecutionArn=execution))


def status_of(account: Account, execution: str) -> str:
    return str(describe(account, execution)["PipelineExecutionStatus"])


def steps_of(account: Account, execution: str, **given: Any) -> list[dict[str, Any]]:
    answer = account.client("sagemaker").list_pipeline_execution_steps(PipelineExecutionArn=execution, **given)
    return list(answer["PipelineExecutionSteps"])


class Bus:
    """The default bus of an account, with a queue that gets all SageMaker events from now on."""

    def __init__(self, account: Account) -> None:
        self._queue = Queue(account, "events").create(rule="step-failure")
        create_rule(account, {"Arn": self._queue.arn}, EventPattern=json.dumps({"source": ["aws.sagemaker"]}))

    def events(self) -> list[dict[str, Any]]:
        """Those not read before."""
        return [json.loads(body) for body in self._queue.bodies()]

    def details(self) -> list[dict[str, Any]]:
        return [event["detail"] for event in self.events()]
