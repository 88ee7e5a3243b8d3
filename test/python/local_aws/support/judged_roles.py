"""Roles with the policies that a test gives them, where policies count."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import CALLER, Account

OWN, OTHER = "111111111111", "222222222222"
"""Accounts that have an administrator."""


def statement(action: str | list[str], resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal: dict[str, str]) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}],
        }
    )


def role(account: Account, name: str, *statements: dict[str, Any], **more: Any) -> Account:
    """A role that the first user may assume, with these statements; whoever gets it back works as it."""
    iam = account.client("iam")
    trusted = trust({"AWS": f"arn:aws:iam::{CALLER}:root"})
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusted, **more)
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    return Account(account.endpoint, account.id, name)


def refused(call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        call(**parameters)
    assert refusal.value.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException")
    return str(refusal.value.response["Error"]["Message"])
