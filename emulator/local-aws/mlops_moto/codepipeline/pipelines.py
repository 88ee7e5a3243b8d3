"""
Pipelines. moto (5.2.5) tells their times as text, where clients want numbers, and reads of a role's trust policy only
statements that name one service, without conditions. It says of executions that they succeeded, which nobody ran.
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

_SERVICE = "codepipeline.amazonaws.com"
_create_by_moto = CodePipelineBackend.create_pipeline
_update_by_moto = CodePipelineBackend.update_pipeline


def install() -> None:
    vars(models)["iso_8601_datetime_with_milliseconds"] = unix_time
    replace(CodePipelineBackend, "create_pipeline", _create)
    replace(CodePipelineBackend, "update_pipeline", _update)
    replace(CodePipelineBackend, "iam_backend", property(lambda _: _JUDGED))
    replace(CodePipelineResponse, "start_pipeline_execution", _refuse)


_JUDGED = SimpleNamespace(
    get_role_by_arn=lambda _: SimpleNamespace(
        assume_role_policy_document=json.dumps({"Statement": [{"Principal": {"Service": _SERVICE}}]})
    )
)
"""Where moto looks at the role once more."""


def _refuse(_response: CodePipelineResponse) -> str:
    raise NotImplementedError("local AWS runs no delivery pipelines")


def _create(backend: CodePipelineBackend, pipeline: dict[str, Any], tags: list[dict[str, str]]) -> Any:
    _require_trust(backend, pipeline)
    return _create_by_moto(backend, pipeline, tags)


def _update(backend: CodePipelineBackend, pipeline: dict[str, Any]) -> dict[str, Any]:
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
