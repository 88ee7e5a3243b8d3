"""
What a provider of code and a person in a browser do on AWS, asked for at `/mlops-local/`: completing a connection, and
saying what was pushed.
"""

from collections.abc import Iterator
from typing import Any

from moto.codepipeline.models import CodePipeline, CodePipelineBackend, codepipeline_backends

from ..codeconnections.connections import complete, repository_of
from ..control_plane.api import ActionError, Body, required
from .executions import start
from .repositories import NOTHING, RepositoryError, changed_files, commit_of, starts


def complete_connection(body: Body) -> dict[str, str]:
    """
    CompleteConnection: `repositories` has the folder of each bare repository that it leads to, by `<owner>/<name>`.

    raises ActionError: where there is no such connection
    """
    arn, repositories = str(required(body, "connectionArn")), dict(required(body, "repositories"))
    if not complete(arn, repositories):
        raise ActionError(404, f"There is no connection {arn}")
    return {}


def pushed(body: Body) -> dict[str, list[str]]:
    """
    Pushed: what a hook of a repository is told, `before` and `after` as commits. By default, all that was pushed to the
    branch since it was told last. Answers the executions that it starts.

    raises ActionError: where the repository has no such commit
    """
    repository, branch = (str(required(body, name)) for name in ("repository", "branch"))
    before, after = (str(body[name]) if body.get(name) else None for name in ("before", "after"))
    try:
        return {"executions": list(_started(repository, branch, before, after))}
    except RepositoryError as error:
        raise ActionError(400, str(error)) from error


_TOLD: dict[tuple[str, str], str] = {}
"""The commit that was told last, by the repository's folder and the branch."""


def _started(repository: str, branch: str, before: str | None, after: str | None) -> Iterator[str]:
    heads: dict[tuple[str, str], str] = {}
    for backend, pipeline, action in _sources(repository):
        folder = repository_of(action["configuration"]["ConnectionArn"], repository)
        triggers = [
            trigger
            for trigger in pipeline.pipeline.get("triggers") or []
            if trigger["gitConfiguration"]["sourceActionName"] == action["name"]
        ]
        if folder is None or not triggers:
            continue
        head = heads[folder, branch] = after or commit_of(folder, f"refs/heads/{branch}")
        files = changed_files(folder, before or _TOLD.get((folder, branch), NOTHING), head)
        if any(starts(trigger, branch, files) for trigger in triggers):
            yield start(backend, pipeline, "WebhookV2", head)
    _TOLD.update(heads)


def _sources(repository: str) -> Iterator[tuple[CodePipelineBackend, CodePipeline, dict[str, Any]]]:
    for regions in list(codepipeline_backends.values()):
        for backend in list(regions.values()):
            for pipeline in list(backend.pipelines.values()):
                for action in pipeline.pipeline["stages"][0]["actions"]:
                    if action["configuration"].get("FullRepositoryId") == repository:
                        yield backend, pipeline, action
