"""This project, as project.json says, and AWS as its CI role."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    AssumeRoleWithWebIdentityCredentialFetcher,
    CredentialProvider,
    DeferredRefreshableCredentials,
)
from botocore.session import Session as BotocoreSession

from ci.commands import InputError

FILE = Path("project.json")
# Where GitLab puts the token of a job (`id_tokens` of .gitlab-ci.yml).
TOKEN = "AWS_ID_TOKEN"

_ARN = r"arn:aws[a-z-]*:{service}:[a-z0-9-]*:\d{{12}}:{resource}"
_RULES = {
    "projectName": r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}",
    "projectId": r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,19}",
    "projectArn": _ARN.format(service="sagemaker", resource="project/.+"),
    "region": r"[a-z]{2}(-[a-z]+)+-\d",
    "account": r"\d{12}",
    "partition": r"aws[a-z-]*",
    "bucket": r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    "prefix": r"[^/\s]([^\s]*[^/\s])?",
    "keyArn": _ARN.format(service="kms", resource="(key|alias)/.+"),
    "executionRoleArn": _ARN.format(service="iam", resource="role/.+"),
    "ciRoleArn": _ARN.format(service="iam", resource="role/.+"),
    "modelPackageGroup": r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
    "repository": r"\S+",
    "branch": r"\S+",
}


@dataclass(frozen=True)
class Project:
    """Values of project.json by the names that Python gives them."""

    project_name: str
    project_id: str
    project_arn: str
    region: str
    account: str
    partition: str
    bucket: str
    prefix: str
    key_arn: str
    execution_role_arn: str
    ci_role_arn: str
    model_package_group: str
    repository: str
    branch: str

    @property
    def name(self) -> str:
        """What everything of this project begins with."""
        return f"{self.project_name}-{self.project_id}"

    def tags(self, stage: str | None = None) -> list[dict[str, str]]:
        """By which SageMaker Studio shows what belongs to the project."""
        tags = {"sagemaker:project-name": self.project_name, "sagemaker:project-id": self.project_id}
        if stage:
            tags["sagemaker:deployment-stage"] = stage
        return [{"Key": key, "Value": value} for key, value in tags.items()]


def read_project(path: Path = FILE) -> Project:
    """Reads what the project's template has written.

    Raises:
        InputError: with everything that is wrong in the file
    """
    values = read_json(path)
    wrong = [
        f"{path}: {key} must match {rule}, got: {json.dumps(values.get(key))}"
        for key, rule in _RULES.items()
        if not isinstance(values.get(key), str) or not re.fullmatch(rule, values[key])
    ]
    if wrong:
        raise InputError("\n".join(wrong))
    return Project(**{_snake_case(key): values[key] for key in _RULES})


def read_json(path: Path) -> dict[str, Any]:
    """An object in a file of this repository."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as JSON: {error}") from None
    if not isinstance(values, dict):
        raise InputError(f"{path}: must hold an object")
    return values


def _snake_case(key: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", key)


def open_session(project: Project, as_me: bool = False) -> boto3.Session:
    """AWS as the CI role, whose credentials are renewed as long as the process lives.

    The role is assumed with the job's token where there is one (GitLab), else with the credentials of the agent
    (Jenkins). No key is written anywhere.
    """
    session = BotocoreSession()
    session.set_config_variable("region", project.region)
    if not as_me:
        session.get_component("credential_provider").insert_before("env", _CiRole(project))
    return boto3.Session(botocore_session=session)


class _CiRole(CredentialProvider):
    METHOD = "ci-role"

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project

    def load(self) -> DeferredRefreshableCredentials:
        fetcher = _with_token(self._project) if os.environ.get(TOKEN) else _with_agent(self._project)
        return DeferredRefreshableCredentials(fetcher.fetch_credentials, self.METHOD)


def _with_token(project: Project) -> AssumeRoleWithWebIdentityCredentialFetcher:
    return AssumeRoleWithWebIdentityCredentialFetcher(
        client_creator=_source(project).create_client,
        web_identity_token_loader=lambda: os.environ[TOKEN],
        role_arn=project.ci_role_arn,
        extra_args={"RoleSessionName": _session_name(project)},
    )


def _with_agent(project: Project) -> AssumeRoleCredentialFetcher:
    source = _source(project)
    credentials = source.get_credentials()
    if credentials is None:
        raise InputError("this machine has no AWS credentials, and the job has no token to get them with")
    return AssumeRoleCredentialFetcher(
        client_creator=source.create_client,
        source_credentials=credentials,
        role_arn=project.ci_role_arn,
        extra_args={"RoleSessionName": _session_name(project)},
    )


def _source(project: Project) -> BotocoreSession:
    session = BotocoreSession()
    session.set_config_variable("region", project.region)
    return session


def _session_name(project: Project) -> str:
    return f"ci-{project.project_id}"
