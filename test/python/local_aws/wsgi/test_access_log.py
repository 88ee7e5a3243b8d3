"""What stands in local AWS's own log of a request."""

from __future__ import annotations

from typing import Any

import pytest
from mlops_moto.wsgi.access_log import AccessLog


def line_of(capsys: pytest.CaptureFixture[str], **environ: str) -> str:
    def application(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return []

    AccessLog(application)({"REQUEST_METHOD": "POST", **environ}, lambda *_: None)
    return capsys.readouterr().err.partition(" ")[2].strip()


def test_a_request_is_told_by_its_method_path_and_action(capsys: pytest.CaptureFixture[str]) -> None:
    told = line_of(capsys, PATH_INFO="/bucket\nkey", HTTP_X_AMZ_TARGET="AWSStepFunctions.StartExecution")
    assert told == "POST /bucket key AWSStepFunctions.StartExecution 200 OK"


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("127.0.0.1:4566", "/_aws/execute-api/abc123/approvals/secret"),
        ("abc123.execute-api.us-east-1.localhost:4566", "/approvals/secret"),
    ],
)
def test_defect_the_link_of_a_question_decides_and_stands_in_no_log(
    capsys: pytest.CaptureFixture[str], host: str, path: str
) -> None:
    assert line_of(capsys, HTTP_HOST=host, PATH_INFO=path) == "POST execute-api abc123 200 OK"
