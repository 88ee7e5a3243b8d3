"""Settings of functions that Terraform reads back."""

from __future__ import annotations

import io
import zipfile

from delivery_estate import create_role
from local_account import Account


def package() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.js", "exports.handler = async () => 1")
    return buffer.getvalue()


def test_a_function_keeps_its_logging_and_dead_letter_settings(account: Account) -> None:
    functions, queue = account.client("lambda"), account.arn("sqs", "q")
    functions.create_function(
        FunctionName="f",
        Runtime="nodejs22.x",
        Role=create_role(account, "lambda.amazonaws.com"),
        Handler="index.handler",
        Code={"ZipFile": package()},
        LoggingConfig={"LogFormat": "JSON", "LogGroup": "shared"},
        DeadLetterConfig={"TargetArn": queue},
    )
    read = functions.get_function(FunctionName="f")["Configuration"]
    levels = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
    assert read["LoggingConfig"] == {"LogFormat": "JSON", "LogGroup": "shared", **levels}
    assert read["DeadLetterConfig"] == {"TargetArn": queue}
    functions.update_function_configuration(
        FunctionName="f", LoggingConfig={"LogFormat": "Text"}, TracingConfig={"Mode": "Active"}
    )
    read = functions.get_function_configuration(FunctionName="f")
    assert read["LoggingConfig"] == {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"}
    assert read["TracingConfig"] == {"Mode": "Active"}
