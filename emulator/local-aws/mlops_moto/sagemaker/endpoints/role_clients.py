"""
Clients of this local AWS that work as a role which SageMaker assumes for an endpoint: what is asked, the role asks. Not
to be used with the lock, which each request takes.
"""

import os
from typing import Any

import botocore.loaders
import botocore.session
from botocore.config import Config
from moto.utilities.arns import parse_arn

from ...wsgi.serial import STATE_LOCK

_CONFIG = Config(proxies={}, retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
_LOADER = botocore.loaders.create_loader()
"""Reads AWS's service models once."""


class RoleClients:
    """raises ActionError: where the role does not exist, or does not let SageMaker in"""

    def __init__(self, role: str, endpoint: str) -> None:
        from ...control_plane.service_roles import assume_service_role  # which needs services that need this

        asked = {"service": "sagemaker.amazonaws.com", "roleArn": role, "sessionName": "SageMaker"}
        with STATE_LOCK:
            self._session = assume_service_role({**asked, "sourceArn": endpoint})
        self._region = parse_arn(endpoint).region
        self.begin_anew()

    def begin_anew(self) -> None:
        """In a fork, which is elsewhere."""
        self._clients: dict[str, Any] = {}

    def of(self, service: str) -> Any:
        if service not in self._clients:
            session = botocore.session.get_session()
            session.register_component("data_loader", _LOADER)
            self._clients[service] = session.create_client(
                service,
                region_name=self._region,
                endpoint_url=f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
                aws_access_key_id=self._session["accessKeyId"],
                aws_secret_access_key=self._session["secretAccessKey"],
                aws_session_token=self._session["sessionToken"],
                config=_CONFIG,
            )
        return self._clients[service]
