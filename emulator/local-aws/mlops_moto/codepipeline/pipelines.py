"""
Pipelines. moto (5.2.5) tells their times as text, where clients want numbers, and reads of a role's trust policy only
statements that name one service, without conditions. It runs nothing: `executions.py` does.
https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_CreatePipeline.html
"""

import json
from types import SimpleNamespace
from typing import Any

from moto.codepipeline import models
from moto.codepipeline.exceptions import InvalidStructureException
from moto.codepipeline.models import CodePipelineBackend
from moto.codepipeline.responses import CodePipelineResponse
from moto.core.utils import unix_time
from moto.iam.models import Role
from moto.utilities.arns import parse_arn

from ..iam.identities import find_role
from ..iam.policies import AccessRequest, allows
from ..patching import replace
from .executions import PROVIDERS, Execution, start

_SERVICE = "codepipeline.amazonaws.com"
_create_by_moto = CodePipelineBackend.create_pipeline
_update_by_moto = CodePipelineBackend.update_pipeline


def install() -> None:
    vars(models)["iso_8601_datetime_with_milliseconds"] = unix_time
    replace(CodePipelineBackend, "create_pipeline", _create)
    replace(CodePipelineBackend, "update_pipeline", _update)
    replace(CodePipelineBackend, "iam_backend", property(lambda _: _JUDGED))
    replace(CodePipelineBackend, "start_pipeline_execution", _start)
    replace(CodePipelineResponse, "list_action_executions", _list_actions)


_JUDGED = SimpleNamespace(
    get_role_by_arn=lambda _: SimpleNamespace(
        assume_role_policy_document=json.dumps({"Statement": [{"Principal": {"Service": _SERVICE}}]})
    )
)
"""Where moto looks at the role once more."""


def _start(backend: CodePipelineBackend, name: str, variables: Any) -> str:
    backend.get_pipeline(name)
    if variables:
        raise NotImplementedError("local AWS knows pipelines without variables of their own")
    return start(backend, backend.pipelines[name], "StartPipelineExecution")


def _list_actions(response: CodePipelineResponse) -> str:
    """https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListActionExecutions.html"""
    backend, name = response.codepipeline_backend, response._get_param("pipelineName")
    backend.get_pipeline(name)
    wanted = (response._get_param("filter") or {}).get("pipelineExecutionId")
    executions = [
        execution
        for execution in reversed(list(backend.pipelines[name].executions.values()))
        if wanted in (None, execution.pipeline_execution_id)
    ]
    details = [action for each in executions if isinstance(each, Execution) for action in each.actions]
    return json.dumps({"actionExecutionDetails": details})


def _require_played(pipeline: dict[str, Any]) -> None:
    providers = {action["actionTypeId"]["provider"] for stage in pipeline["stages"] for action in stage["actions"]}
    if pipeline.get("executionMode") != "QUEUED" or providers - PROVIDERS:
        raise NotImplementedError(
            f"local AWS runs pipelines in mode QUEUED of {sorted(PROVIDERS)}, not {pipeline.get('executionMode')} of "
            f"{sorted(providers)}"
        )


def _create(backend: CodePipelineBackend, pipeline: dict[str, Any], tags: list[dict[str, str]]) -> Any:
    _require_played(pipeline)
    _require_trust(backend, pipeline)
    return _create_by_moto(backend, pipeline, tags)


def _update(backend: CodePipelineBackend, pipeline: dict[str, Any]) -> dict[str, Any]:
    _require_played(pipeline)
    _require_trust(backend, pipeline)
    return _update_by_moto(backend, pipeline)


def _require_trust(backend: CodePipelineBackend, pipeline: dict[str, Any]) -> None:
    """raises InvalidStructureException: unless CodePipeline may assume the role for this pipeline"""
    role = find_role(pipeline["roleArn"], parse_arn(pipeline["roleArn"]).account)
    if role is None or not _lets_in(role, backend, str(pipeline["name"])):
        raise InvalidStructureException(
            f"CodePipeline is not authorized to perform AssumeRole on role {pipeline['roleArn']}"
        )


def _lets_in(role: Role, backend: CodePipelineBackend, name: str) -> bool:
    context = {
        "aws:SourceArn": f"arn:aws:codepipeline:{backend.region_name}:{backend.account_id}:{name}",
        "aws:SourceAccount": backend.account_id,
        "aws:PrincipalIsAWSService": "true",
        "aws:SecureTransport": "true",
    }
    asked = AccessRequest("sts:AssumeRole", role.arn, context, (("Service", _SERVICE),))
    return allows(role.assume_role_policy_document, asked)
