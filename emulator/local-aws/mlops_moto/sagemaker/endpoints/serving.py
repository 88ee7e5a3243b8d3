"""Fleets: what serves an endpoint, a program for each of its variants."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .deployments import Deployment, Variant
from .log import write_log
from .programs import Files, Program, Programs, Reply, StartError
from .role_clients import RoleClients

_GRACE = 60
"""Seconds that invocations have which were under way when their fleet was replaced."""


class FleetError(Exception):
    """The message is the endpoint's FailureReason."""


class Fleet:
    """Begins its programs when they are first needed: a fork has none of its origin's."""

    def __init__(self, deployment: Deployment, clients: RoleClients, files: Mapping[str, Files]) -> None:
        self.deployment = deployment
        self.clients = clients
        self.captured = 0.0
        """Invocations that data capture is to have, so far."""
        self._files = files
        self.begin_anew()

    def begin_anew(self) -> None:
        self.clients.begin_anew()
        self._programs: dict[str, Program] = {}
        self._changed = threading.Condition()
        self.counting = threading.Lock()
        self._invocations = 0

    def start(self) -> None:
        """raises FleetError"""
        for variant in self.deployment.variants:
            self._program(variant)

    def invoke(self, variant: Variant, body: bytes, headers: Mapping[str, str], seconds: int) -> Reply:
        """raises FleetError: where a program was not there and does not start"""
        return self._program(variant).invoke(body, headers, seconds)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Its programs stay until the block ends."""
        with self._changed:
            self._invocations += 1
        try:
            yield
        finally:
            with self._changed:
                self._invocations -= 1
                self._changed.notify_all()

    def retire(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._invocations == 0, _GRACE)
            programs, self._programs = self._programs, {}
        for program in programs.values():
            _programs.give_back(program)

    def _program(self, variant: Variant) -> Program:
        with self._changed:
            if variant.name in self._programs:
                return self._programs[variant.name]
        container = variant.container
        try:
            program = _programs.take(container.image, self._files[variant.name], container.environment)
        except StartError as error:
            raise _not_pinged(container.name, variant, self.deployment, str(error)) from error
        with self._changed:
            if self._programs.setdefault(variant.name, program) is not program:
                _programs.give_back(program)
            return self._programs[variant.name]


def _not_pinged(container: str, variant: Variant, deployment: Deployment, printed: str) -> FleetError:
    write_log(deployment.endpoint, variant.name, printed)
    return FleetError(
        f"The {container} container for production variant {variant.name} did not pass the ping health check. Please "
        "check CloudWatch logs for this endpoint."
    )


_programs = Programs()
_fleets: dict[str, Fleet] = {}


def start(deployment: Deployment) -> Fleet:
    """
    Downloads what is to be served as the execution role, and serves it. Not to be called with the lock.

    raises FleetError
    """
    fleet = Fleet(
        deployment, _clients(deployment), {each.name: _files(each, deployment) for each in deployment.variants}
    )
    try:
        fleet.start()
    except FleetError:
        fleet.retire()
        raise
    return fleet


def fleet_of(endpoint: str) -> Fleet | None:
    """endpoint: its ARN"""
    return _fleets.get(endpoint)


def put_fleet(endpoint: str, fleet: Fleet | None) -> None:
    """In place of the one that there is, whose invocations end as they began."""
    before = _fleets.pop(endpoint, None)
    if fleet:
        _fleets[endpoint] = fleet
    if before:
        threading.Thread(target=before.retire, daemon=True).start()


def start_anew() -> None:
    global _programs
    _programs = Programs()
    for fleet in _fleets.values():
        fleet.begin_anew()


def stop_all() -> None:
    _programs.stop()


def _clients(deployment: Deployment, role: str | None = None) -> RoleClients:
    from ...control_plane.api import ActionError  # which needs services that need this

    arn = role or deployment.role
    try:
        return RoleClients(arn, deployment.endpoint)
    except ActionError as error:
        logging.warning("%s: %s", deployment.endpoint, error)
        raise FleetError(
            f"Could not assume role {arn}. Please ensure that the role exists and allows principal "
            "'sagemaker.amazonaws.com' to assume the role."
        ) from error


def _files(variant: Variant, deployment: Deployment) -> Files:
    container = variant.container
    code = container.environment.get("SAGEMAKER_SUBMIT_DIRECTORY", "")
    is_elsewhere = "SAGEMAKER_PROGRAM" in container.environment and code.startswith("s3://")
    if is_elsewhere and container.image.isolated:
        raise _not_pinged(container.name, variant, deployment, f"the container has no network to bring {code} by")
    return Files(
        _archive(variant, deployment, container.artifact or ""),
        _archive(variant, deployment, code) if is_elsewhere else None,
    )


def _archive(variant: Variant, deployment: Deployment, uri: str) -> bytes:
    """As the container's role; code is brought by the container itself on AWS."""
    container = variant.container
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    try:
        clients = _clients(deployment, container.role)
        answer: dict[str, Any] = clients.of("s3").get_object(Bucket=bucket, Key=key)
        content: bytes = answer["Body"].read()
        return content
    except (BotoCoreError, ClientError) as error:
        write_log(deployment.endpoint, variant.name, str(error))
        raise FleetError(
            f'Failed to download model data for container "{container.name}" from URL: "{uri}". Please ensure that '
            "there is an object located at the URL and that the role passed to CreateModel has permissions to download "
            "the object."
        ) from error
