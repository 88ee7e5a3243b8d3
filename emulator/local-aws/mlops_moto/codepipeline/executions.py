"""
Executions of pipelines, one after the other, as the pipeline's role: source from a bare repository, and builds.
https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
"""

import json
import re
import tempfile
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from moto.codepipeline.models import CodePipeline, CodePipelineBackend, PipelineExecution
from moto.core.utils import unix_time, utcnow
from moto.events.models import events_backends

from ..codeconnections.connections import repository_of
from ..control_plane.api import ActionError
from ..sagemaker.endpoints.role_clients import RoleClients
from ..wsgi.serial import STATE_LOCK
from .repositories import RepositoryError, commit_of, git

_SERVICE = "codepipeline.amazonaws.com"
_VARIABLE = re.compile(r"#\{(\w+)\.(\w+)\}")
_LOOK_AGAIN = 0.2
"""Seconds between two looks at a build."""

_WAITING: dict[str, list["Execution"]] = {}
"""Executions of each pipeline that has a thread, by its ARN; the first is under way."""


class _FailedError(Exception):
    """What an action failed of."""


class Execution(PipelineExecution):
    """commit: of the source; None: the newest of its branch"""

    def __init__(self, backend: CodePipelineBackend, pipeline: CodePipeline, trigger: str, commit: str | None) -> None:
        definition = pipeline.pipeline
        super().__init__(definition["name"], definition["version"], [])
        self.status = "InProgress"
        self.actions: list[dict[str, Any]] = []
        self.arn = pipeline._arn
        self._place = (backend.account_id, backend.region_name)
        self._definition = definition
        self._trigger = trigger
        self._commit = commit
        self._variables: dict[str, dict[str, str]] = {}
        self._artifacts: dict[str, str] = {}

    def to_dict(self) -> dict[str, Any]:
        revisions = [
            {"name": name, "revisionId": given["CommitId"], "revisionSummary": given["CommitMessage"]}
            for name, given in self._variables.items()
            if "CommitId" in given
        ]
        return {**super().to_dict(), "artifactRevisions": revisions, "trigger": {"triggerType": self._trigger}}

    def run(self) -> None:
        self._tell("STARTED")
        try:
            clients = RoleClients(self._definition["roleArn"], self.arn, _SERVICE)
            for stage in self._definition["stages"]:
                for action in sorted(stage["actions"], key=lambda each: int(each["runOrder"])):
                    self._act(stage["name"], action, clients)
            self._end("Succeeded", None)
        except (_FailedError, ActionError) as error:
            self._end("Failed", str(error))
        except Exception as error:
            self._end("Failed", f"{type(error).__name__}: {error}")

    def _end(self, status: str, summary: str | None) -> None:
        self._tell(status.upper())
        self.status, self.status_summary, self.last_update_time = status, summary, utcnow()

    def _act(self, stage: str, action: Mapping[str, Any], clients: RoleClients) -> None:
        told: dict[str, Any] = {
            "pipelineExecutionId": self.pipeline_execution_id,
            "actionExecutionId": str(uuid.uuid4()),
            "pipelineVersion": self.pipeline_version,
            "stageName": stage,
            "actionName": action["name"],
            "startTime": unix_time(),
            "status": "InProgress",
            "output": {},
        }
        self.actions.insert(0, told)
        try:
            do = _DO[action["actionTypeId"]["provider"]]
            variables = do(self, action, clients, told)
            told |= {"status": "Succeeded", "output": {**told["output"], "outputVariables": variables}}
            if action.get("namespace"):
                self._variables[action["namespace"]] = variables
        except (_FailedError, RepositoryError, ClientError) as error:
            told |= {"status": "Failed", "output": {"executionResult": {"externalExecutionSummary": str(error)}}}
            raise _FailedError(f"{action['name']}: {error}") from error
        finally:
            told["lastUpdateTime"] = unix_time()

    def fetch(self, action: Mapping[str, Any], clients: RoleClients, _told: dict[str, Any]) -> dict[str, str]:
        settings = action["configuration"]
        name, branch, connection = (settings[key] for key in ("FullRepositoryId", "BranchName", "ConnectionArn"))
        folder = repository_of(connection, name)
        if folder is None:
            raise _FailedError(f"[{connection}] does not lead to {name}: it is not available, or has none such")
        commit = commit_of(folder, self._commit or f"refs/heads/{branch}")
        with tempfile.TemporaryDirectory() as made:
            archive = Path(made) / "source.zip"
            git(folder, "archive", "--format=zip", f"--output={archive}", commit)
            self._put(action, archive.read_bytes(), clients)
        return {
            "BranchName": branch,
            "CommitId": commit,
            "CommitMessage": git(folder, "log", "-1", "--format=%B", commit).strip(),
            "ConnectionArn": connection,
            "FullRepositoryName": name,
        }

    def _put(self, action: Mapping[str, Any], content: bytes, clients: RoleClients) -> None:
        store = self._definition["artifactStore"]
        (artifact,) = [each["name"] for each in action["outputArtifacts"]]
        key = f"{self.pipeline_name[:20]}/{artifact[:10]}/{uuid.uuid4().hex[:7]}.zip"
        sealed = store.get("encryptionKey")
        sealing = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": sealed["id"]} if sealed else {}
        clients.of("s3").put_object(Bucket=store["location"], Key=key, Body=content, **sealing)
        self._artifacts[artifact] = f"{store['location']}/{key}"

    def build(self, action: Mapping[str, Any], clients: RoleClients, told: dict[str, Any]) -> dict[str, str]:
        settings, builds = action["configuration"], clients.of("codebuild")
        given = json.loads(settings.get("EnvironmentVariables") or "[]")
        (source, *_) = [self._artifacts[each["name"]] for each in action["inputArtifacts"]]
        build = builds.start_build(
            projectName=settings["ProjectName"],
            environmentVariablesOverride=[{**each, "value": self._resolved(each["value"])} for each in given],
            sourceTypeOverride="S3",
            sourceLocationOverride=source,
        )["build"]
        told["output"] = {"executionResult": {"externalExecutionId": build["id"]}}
        while not build["buildComplete"]:
            time.sleep(_LOOK_AGAIN)
            (build,) = builds.batch_get_builds(ids=[build["id"]])["builds"]
        if build["buildStatus"] != "SUCCEEDED":
            raise _FailedError(f"Build terminated with state: {build['buildStatus']} ({build['id']})")
        return {each["name"]: each["value"] for each in build["exportedEnvironmentVariables"]}

    def _resolved(self, text: str) -> str:
        def value(found: re.Match[str]) -> str:
            known = self._variables.get(found[1], {})
            if found[2] not in known:
                raise _FailedError(f"The variable {found[0]} is not resolved")
            return known[found[2]]

        return _VARIABLE.sub(value, text)

    def _tell(self, state: str) -> None:
        account, region = self._place
        detail = {"pipeline": self.pipeline_name, "execution-id": self.pipeline_execution_id, "state": state}
        with STATE_LOCK:
            events_backends[account][region].put_events(
                [
                    {
                        "Source": "aws.codepipeline",
                        "DetailType": "CodePipeline Pipeline Execution State Change",
                        "Resources": [self.arn],
                        "Detail": json.dumps({**detail, "version": float(self.pipeline_version)}),
                    }
                ]
            )


_DO = {"CodeStarSourceConnection": Execution.fetch, "CodeBuild": Execution.build}
PROVIDERS = frozenset(_DO)


def start(backend: CodePipelineBackend, pipeline: CodePipeline, trigger: str, commit: str | None = None) -> str:
    """Puts an execution behind those that are under way; with the lock."""
    execution = Execution(backend, pipeline, trigger, commit)
    pipeline.executions[execution.pipeline_execution_id] = execution
    waiting = _WAITING.setdefault(execution.arn, [])
    waiting.append(execution)
    if len(waiting) == 1:
        threading.Thread(target=_run_all, args=(execution.arn,), daemon=True).start()
    return execution.pipeline_execution_id


def _run_all(arn: str) -> None:
    while True:
        with STATE_LOCK:
            execution = _WAITING[arn][0]
        execution.run()
        with STATE_LOCK:
            _WAITING[arn].pop(0)
            if not _WAITING[arn]:
                del _WAITING[arn]
                return


def abandon() -> None:
    """In a fork, where nobody runs them on."""
    for waiting in _WAITING.values():
        for execution in waiting:
            execution.status, execution.status_summary = "Stopped", "local AWS was forked"
    _WAITING.clear()
