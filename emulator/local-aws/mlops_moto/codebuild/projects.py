"""
Projects. One that a pipeline runs has neither a source nor a place for artifacts of its own.
https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.codebuild import responses
from moto.codebuild.exceptions import ResourceNotFoundException
from moto.codebuild.responses import CodeBuildResponse
from moto.core.responses import ActionResult

from ..patching import replace

_create_by_moto = CodeBuildResponse.create_project

_KEPT = (
    "artifacts",
    "cache",
    "concurrentBuildLimit",
    "description",
    "encryptionKey",
    "environment",
    "logsConfig",
    "queuedTimeoutInMinutes",
    "serviceRole",
    "source",
    "sourceVersion",
    "tags",
    "timeoutInMinutes",
    "vpcConfig",
)


def install() -> None:
    for name in ("_validate_required_params_source", "_validate_required_params_artifacts"):
        vars(responses)[name] = _unless_of_a_pipeline(vars(responses)[name])
    replace(CodeBuildResponse, "create_project", _create)
    replace(CodeBuildResponse, "update_project", _update)


def _unless_of_a_pipeline(check: Callable[[Mapping[str, Any]], None]) -> Callable[[Mapping[str, Any]], None]:
    def checked(asked: Mapping[str, Any]) -> None:
        if asked["type"] != "CODEPIPELINE":
            check(asked)

    return checked


def _create(response: CodeBuildResponse) -> ActionResult:
    _create_by_moto(response)
    return _keep(response)


def _update(response: CodeBuildResponse) -> ActionResult:
    """What is not named stays."""
    name = response._get_param("name")
    if name not in response.codebuild_backend.codebuild_projects:
        place = f"{response.region}:{response.current_account}"
        raise ResourceNotFoundException(f"Project cannot be found: arn:aws:codebuild:{place}:project/{name}")
    return _keep(response)


def _keep(response: CodeBuildResponse) -> ActionResult:
    project = response.codebuild_backend.codebuild_projects[response._get_param("name")]
    given = {name: response._get_param(name) for name in _KEPT if response._get_param(name) is not None}
    if "environment" in given:
        given["environment"] = {"imagePullCredentialsType": "CODEBUILD", **given["environment"]}
    project.project_metadata.update(given)
    project.service_role = project.project_metadata["serviceRole"]
    return ActionResult({"project": project.project_metadata})
