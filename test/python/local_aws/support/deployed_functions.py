"""Functions as the estate deploys them, and what they printed."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from delivery_estate import RULE, create_role, policy

if TYPE_CHECKING:
    from local_account import Account

Found = TypeVar("Found")

FAILS = "exports.handler = async () => { console.info('tried'); throw new TypeError('no'); };"


def eventually(look: Callable[[], Found], wanted: Callable[[Found], bool]) -> Found:
    deadline = time.monotonic() + 120
    while not wanted(found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert wanted(found), f"it never came: {found}"
    return found


def create_function(account: Account, source: str, *, rule: str = RULE, **given: Any) -> str:
    """A function that one rule may call, logging to /functions."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.js", source)
    client = account.client("lambda")
    arn = client.create_function(
        FunctionName="guard",
        Runtime="nodejs22.x",
        Role=create_role(account, "lambda.amazonaws.com"),
        Handler="index.handler",
        Code={"ZipFile": buffer.getvalue()},
        LoggingConfig={"LogFormat": "JSON", "LogGroup": "/functions"},
        **given,
    )["FunctionArn"]
    client.add_permission(
        FunctionName="guard",
        StatementId="rule",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=account.arn("events", f"rule/{rule}"),
    )
    return str(arn)


def logged(account: Account) -> list[str]:
    logs = account.client("logs")
    groups = [group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]]
    if "/functions" not in groups:
        return []
    return [
        json.loads(event["message"])["message"] for event in logs.filter_log_events(logGroupName="/functions")["events"]
    ]


def allowed(action: str, resource: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": [action], "Resource": [resource]}


def grant(account: Account, *statements: dict[str, Any]) -> None:
    account.client("iam").put_role_policy(RoleName="starter", PolicyName="letters", PolicyDocument=policy(*statements))
