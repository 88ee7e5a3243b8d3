"""
Clients of this local AWS that work as a role which a service assumes for a resource, or as whoever asked the service:
what is asked, these ask. Not to be used with the lock, which each request takes.
"""

import os
from collections.abc import Mapping
from typing import Any

import botocore.session
from botocore.config import Config
from moto.utilities.arns import parse_arn

from ...wsgi.serial import STATE_LOCK

_CONFIG = Config(proxies={}, retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
_LONGEST_ANSWER = 15 * 60
"""Seconds; a function's."""

_SESSIONS = {
    "cloudformation.amazonaws.com": "AWSCloudFormation",
    "codebuild.amazonaws.com": "AWSCodeBuild",
    "codepipeline.amazonaws.com": "codepipeline",
    "sagemaker.amazonaws.com": "SageMaker",
    "servicecatalog.amazonaws.com": "servicecatalog",
    "states.amazonaws.com": "states",
}


class Clients:
    """
    session: credentials, as AssumeServiceRole gives them
    checks_parameters: whether what AWS would refuse is refused before it is asked
    """

    def __init__(self, session: Mapping[str, str], region: str, *, checks_parameters: bool = True) -> None:
        self._session = session
        self._region = region
        self._config = _CONFIG.merge(Config(parameter_validation=checks_parameters, read_timeout=_LONGEST_ANSWER))
        self.begin_anew()

    @property
    def environment(self) -> dict[str, str]:
        """The credentials, for a program."""
        return {
            "AWS_ACCESS_KEY_ID": self._session["accessKeyId"],
            "AWS_SECRET_ACCESS_KEY": self._session["secretAccessKey"],
            "AWS_SESSION_TOKEN": self._session["sessionToken"],
        }

    def begin_anew(self) -> None:
        """In a fork, which is elsewhere."""
        self._clients: dict[str, Any] = {}

    def of(self, service: str) -> Any:
        if service not in self._clients:
            session = botocore.session.get_session()
            self._clients[service] = session.create_client(
                service,
                region_name=self._region,
                endpoint_url=f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
                aws_access_key_id=self._session["accessKeyId"],
                aws_secret_access_key=self._session["secretAccessKey"],
                aws_session_token=self._session["sessionToken"],
                config=self._config,
            )
        return self._clients[service]


class RoleClients(Clients):
    """
    source: the resource, an endpoint of SageMaker's for instance

    raises ActionError: where the role does not exist, or does not let the service in
    """

    def __init__(
        self, role: str, source: str, service: str = "sagemaker.amazonaws.com", *, checks_parameters: bool = True
    ) -> None:
        from ...control_plane.service_roles import assume_service_role  # which needs services that need this

        asked = {"service": service, "roleArn": role, "sessionName": _SESSIONS[service], "sourceArn": source}
        with STATE_LOCK:
            session = assume_service_role(asked)
        super().__init__(session, str(parse_arn(source).region), checks_parameters=checks_parameters)


class CallerClients(Clients):
    """access_key: of whoever asked a service, which asks others in its name (forward access sessions)"""

    def __init__(self, access_key: str, region: str) -> None:
        super().__init__({"accessKeyId": access_key, "secretAccessKey": "local", "sessionToken": ""}, region)
