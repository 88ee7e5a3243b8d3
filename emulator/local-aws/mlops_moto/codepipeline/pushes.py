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
from .repositories import RepositoryError, changed_files, starts


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
    Pushed: what a hook of a repository is told, `before` and `after` as commits. Answers the executions that it starts.

    raises ActionError: where the repository has no such commit
    """
    names = ("repository", "branch", "before", "after")
    repository, branch, before, after = (str(required(body, name)) for name in names)
    try:
        return {"executions": list(_started(repository, branch, before, after))}
    except RepositoryError as error:
        raise ActionError(400, str(error)) from error


def _started(repository: str, branch: str, before: str, after: str) -> Iterator[str]:
    for backend, pipeline, action in _sources(repository):
        folder = repository_of(action["configuration"]["ConnectionArn"], repository)
        triggers = [
            trigger
            for trigger in pipeline.pipeline.get("triggers") or []
            if trigger["gitConfiguration"]["sourceActionName"] == action["name"]
        ]
        if folder is None or not triggers:
            continue
        files = changed_files(folder, before, after)
        if any(starts(trigger, branch, files) for trigger in triggers):
            yield start(backend, pipeline, "WebhookV2", after)


def _sources(repository: str) -> Iterator[tuple[CodePipelineBackend, CodePipeline, dict[str, Any]]]:
    for regions in list(codepipeline_backends.values()):
        for backend in list(regions.values()):
            for pipeline in list(backend.pipelines.values()):
                for action in pipeline.pipeline["stages"][0]["actions"]:
                    if action["configuration"].get("FullRepositoryId") == repository:
                        yield backend, pipeline, action
