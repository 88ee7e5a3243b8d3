"""AWS's clients, answering what a test says, in order; botocore checks requests and answers by AWS's own model."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.stub import Stubber


class Fakes:
    """Stands in for a boto3 session."""

    def __init__(self) -> None:
        self._clients: dict[str, Any] = {}
        self._stubs: dict[str, Stubber] = {}

    def client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = boto3.client(service, region_name="us-east-1")
            self._stubs[service] = Stubber(self._clients[service])
            self._stubs[service].activate()
        return self._clients[service]

    def answer(self, service: str, method: str, answer: dict[str, Any], expected: dict[str, Any] | None = None) -> None:
        self.client(service)
        self._stubs[service].add_response(method, answer, expected)

    def refuse(self, service: str, method: str, code: str, message: str, status: int = 400) -> None:
        self.client(service)
        self._stubs[service].add_client_error(method, code, message, status)

    def expect_all_asked(self) -> None:
        """Fails unless every answer was asked for."""
        for stub in self._stubs.values():
            stub.assert_no_pending_responses()
