"""
Builds: StartBuild runs a project's buildspec by bash on this machine, as the project's role, beside all other requests.
https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html
https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
"""

import io
import json
import os
import tempfile
import threading
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from moto.codebuild.exceptions import ResourceNotFoundException
from moto.codebuild.models import CodeBuildBackend
from moto.codebuild.responses import CodeBuildResponse
from moto.core.responses import ActionResult
from moto.core.utils import unix_time_millis, utcnow
from moto.events.models import events_backends
from moto.logs.models import logs_backends

from .. import children
from ..patching import replace
from ..sagemaker.endpoints.role_clients import RoleClients
from ..wsgi.serial import STATE_LOCK
from .buildspec import Buildspec, BuildspecError

_SERVICE = "codebuild.amazonaws.com"
_BUILDS: dict[str, dict[str, Any]] = {}
"""Every build as it is told, by ARN."""


def install() -> None:
    replace(CodeBuildResponse, "start_build", _start)
    replace(CodeBuildResponse, "batch_get_builds", _get)
    replace(CodeBuildResponse, "stop_build", _refuse)


def _refuse(_response: CodeBuildResponse) -> ActionResult:
    raise NotImplementedError("local AWS stops no build")


def _get(response: CodeBuildResponse) -> ActionResult:
    prefix = f"arn:aws:codebuild:{response.region}:{response.current_account}:build/"
    ids = response._get_param("ids")
    found = [build for each in ids if (build := _BUILDS.get(prefix + each))]
    return ActionResult({"builds": found, "buildsNotFound": [each for each in ids if prefix + each not in _BUILDS]})


def _start(response: CodeBuildResponse) -> ActionResult:
    backend, name = response.codebuild_backend, response._get_param("projectName")
    project = backend.codebuild_projects.get(name)
    if project is None:
        place = f"{response.region}:{response.current_account}"
        raise ResourceNotFoundException(f"Project cannot be found: arn:aws:codebuild:{place}:project/{name}")
    settings = project.project_metadata
    build_id = f"{name}:{uuid.uuid4()}"
    kind = response._get_param("sourceTypeOverride") or settings["source"]["type"]
    build: dict[str, Any] = {
        "id": build_id,
        "arn": f"arn:aws:codebuild:{backend.region_name}:{backend.account_id}:build/{build_id}",
        "projectName": name,
        "buildNumber": len(backend.build_history.setdefault(name, [])) + 1,
        "buildStatus": "IN_PROGRESS",
        "buildComplete": False,
        "currentPhase": "SUBMITTED",
        "startTime": utcnow(),
        "serviceRole": settings["serviceRole"],
        "source": {
            "type": kind,
            "location": response._get_param("sourceLocationOverride") or settings["source"].get("location", ""),
            "buildspec": response._get_param("buildspecOverride") or settings["source"].get("buildspec", ""),
        },
        "environment": settings["environment"],
        "phases": [],
        "exportedEnvironmentVariables": [],
    }
    if kind != "S3":
        raise NotImplementedError(f"local AWS runs builds of sources in S3, not {kind}")
    backend.build_history[name].append(build_id)
    _BUILDS[build["arn"]] = build
    given = [*settings["environment"].get("environmentVariables", []), *_overrides(response)]
    variables = {each["name"]: str(each["value"]) for each in given}
    threading.Thread(target=_Run(backend, settings, build, variables).run, daemon=True).start()
    return ActionResult({"build": build})


def _overrides(response: CodeBuildResponse) -> list[dict[str, Any]]:
    return list(response._get_param("environmentVariablesOverride") or [])


class _Run:
    def __init__(
        self, backend: CodeBuildBackend, project: Mapping[str, Any], build: dict[str, Any], variables: dict[str, str]
    ) -> None:
        self._backend = backend
        self._project = project
        self._build = build
        self._variables = variables

    def run(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            try:
                ok = self._work(Path(name))
            except Exception as error:  # whatever goes wrong on the way is the build's failure
                self._phase("DOWNLOAD_SOURCE", False, f"{type(error).__name__}: {error}")
                ok = False
        self._build |= {
            "buildStatus": "SUCCEEDED" if ok else "FAILED",
            "buildComplete": True,
            "currentPhase": "COMPLETED",
            "endTime": utcnow(),
        }
        self._tell()

    def _work(self, folder: Path) -> bool:
        clients = RoleClients(str(self._project["serviceRole"]), str(self._project["arn"]), _SERVICE)
        source, told, exports = folder / "src", folder / "told", folder / "exports"
        bucket, _, key = str(self._build["source"]["location"]).partition("/")
        archive = clients.of("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        _unpack(archive, source)
        self._phase("DOWNLOAD_SOURCE", True)
        try:
            path = source / str(self._build["source"]["buildspec"] or "buildspec.yml")
            spec = Buildspec.parse(path.read_text())
        except (BuildspecError, OSError) as error:
            self._phase("DOWNLOAD_SOURCE", False, f"YAML_FILE_ERROR: {error}")
            return False
        (folder / "build.sh").write_text(spec.script(str(told), str(exports)))
        variables = {**spec.variables, **self._variables}
        self._log(self._bash(folder, source, {**self._environment(clients, source), **variables}))
        phases = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
        for phase in phases:
            if phase["phase"] != "END":
                self._phase(phase["phase"], phase["ok"], "" if phase["ok"] else "COMMAND_EXECUTION_ERROR")
        self._build["exportedEnvironmentVariables"] = _exported(exports)
        return any(phase["phase"] == "END" for phase in phases)

    def _bash(self, folder: Path, source: Path, environment: Mapping[str, str]) -> str:
        printed, timed_out = children.run(
            ["bash", str(folder / "build.sh")],
            cwd=source,
            environment=environment,
            output=folder / "printed",
            seconds=60 * int(self._project.get("timeoutInMinutes") or 60),
        )
        return f"{printed}[Container] Build timed out\n" if timed_out else printed

    def _environment(self, clients: RoleClients, source: Path) -> dict[str, str]:
        region = self._backend.region_name
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(source.parent),
            "LANG": "C.UTF-8",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            **clients.environment,
            "CODEBUILD_BUILD_ARN": self._build["arn"],
            "CODEBUILD_BUILD_ID": self._build["id"],
            "CODEBUILD_BUILD_NUMBER": str(self._build["buildNumber"]),
            "CODEBUILD_INITIATOR": "codepipeline",
            "CODEBUILD_SRC_DIR": str(source),
            "CI": "true",
        }

    def _phase(self, name: str, ok: bool, reason: str = "") -> None:
        now = utcnow()
        contexts = [{"statusCode": reason.partition(":")[0], "message": reason}] if reason else []
        status = "SUCCEEDED" if ok else "FAILED"
        told = {"phaseType": name, "phaseStatus": status, "startTime": now, "endTime": now, "contexts": contexts}
        self._build["currentPhase"] = name
        self._build["phases"] = [*self._build["phases"], told]

    def _log(self, printed: str) -> None:
        config = (self._project.get("logsConfig") or {}).get("cloudWatchLogs") or {}
        group = config.get("groupName") or f"/aws/codebuild/{self._build['projectName']}"
        stream = str(self._build["id"]).rpartition(":")[2]
        now = int(unix_time_millis(utcnow()))
        events = [{"timestamp": now, "message": line} for line in printed.splitlines() if line]
        with STATE_LOCK:
            logs = logs_backends[self._backend.account_id][self._backend.region_name]
            if group not in logs.groups:
                logs.create_log_group(group, {})
            logs.create_log_stream(group, stream)
            if events:
                logs.put_log_events(group, stream, events)
        self._build["logs"] = {"groupName": group, "streamName": stream}

    def _tell(self) -> None:
        detail = {name: self._build[of] for name, of in _TOLD.items()}
        with STATE_LOCK:
            events_backends[self._backend.account_id][self._backend.region_name].put_events(
                [
                    {
                        "Source": "aws.codebuild",
                        "DetailType": "CodeBuild Build State Change",
                        "Resources": [self._build["arn"]],
                        "Detail": json.dumps(detail),
                    }
                ]
            )


_TOLD = {"build-status": "buildStatus", "project-name": "projectName", "build-id": "arn"}


def _unpack(archive: bytes, folder: Path) -> None:
    """With the modes that files have in it: a script that may be run still may."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        for entry in package.infolist():
            path = Path(package.extract(entry, folder))
            mode = entry.external_attr >> 16
            if mode and not entry.is_dir():
                path.chmod(mode & 0o777)


def _exported(file: Path) -> list[dict[str, str]]:
    lines = file.read_text().split("\0")[:-1] if file.exists() else []
    return [{"name": name, "value": value} for name, _, value in (line.partition("=") for line in lines)]
