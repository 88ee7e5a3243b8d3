"""Roles that services assume, and the ledger of who assumed which."""

from __future__ import annotations

from typing import Any

import pytest
from delivery_estate import create_pipeline, create_role, create_rule, policy, put_step_failure
from local_account import CALLER, Account, client
from worker_client import RefusedError, Worker

SAGEMAKER = "sagemaker.amazonaws.com"


def create_trusting_role(account: Account, condition: dict[str, Any] | None = None) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": [SAGEMAKER]}, "Action": ["sts:AssumeRole"]}
    document = policy({**trust, "Condition": condition} if condition else trust)
    role = account.client("iam").create_role(RoleName="execution", AssumeRolePolicyDocument=document)
    return str(role["Role"]["Arn"])


def assume(worker: Worker, role: str, service: str = SAGEMAKER, source: str | None = None) -> dict[str, Any]:
    return worker.call("AssumeServiceRole", service=service, roleArn=role, sessionName="SageMaker", sourceArn=source)


def ledger(worker: Worker, account: Account) -> list[tuple[str, str, str]]:
    entries = worker.call("AssumedRoles")["roles"]
    return [
        (each["principal"], each["roleArn"], each["sessionName"])
        for each in entries
        if f"::{account.id}:" in each["roleArn"]
    ]


def test_a_service_works_with_the_credentials_of_a_role_that_trusts_it(account: Account, worker: Worker) -> None:
    given = assume(worker, create_trusting_role(account))
    credentials = {
        "aws_access_key_id": given["accessKeyId"],
        "aws_secret_access_key": given["secretAccessKey"],
        "aws_session_token": given["sessionToken"],
    }
    identity = client("sts", account.endpoint, **credentials).get_caller_identity()
    assert identity["Account"] == account.id
    assert identity["Arn"] == f"arn:aws:sts::{account.id}:assumed-role/execution/SageMaker"
    assert given["expiration"].endswith("Z")


@pytest.mark.parametrize("key", ["aws:SourceAccount", "aws:SourceArn"])
def test_a_trust_policy_may_ask_on_whose_behalf(
    account: Account, other_account: Account, worker: Worker, key: str
) -> None:
    values = {"aws:SourceAccount": account.id, "aws:SourceArn": account.arn("sagemaker", "*")}
    role = create_trusting_role(account, {"StringLike": {key: values[key]}})
    assert assume(worker, role, source=account.arn("sagemaker", "pipeline/p"))
    for source in (None, other_account.arn("sagemaker", "pipeline/p")):
        with pytest.raises(RefusedError, match=r"^400: The trust policy of .* does not let in sagemaker"):
            assume(worker, role, source=source)


def test_a_service_the_role_does_not_trust_is_kept_out(account: Account, worker: Worker) -> None:
    role = create_trusting_role(account)
    with pytest.raises(RefusedError, match=r"^400: .* does not let in lambda\.amazonaws\.com"):
        assume(worker, role, "lambda.amazonaws.com")
    with pytest.raises(RefusedError, match=r"^400: Role .* does not exist"):
        assume(worker, f"{role}-gone")
    with pytest.raises(RefusedError, match=r"^400: No ARN: execution"):
        assume(worker, "execution")


def test_the_ledger_tells_who_assumed_which_role_in_order(account: Account, worker: Worker) -> None:
    starter = create_role(account)
    execution = create_trusting_role(account)
    create_rule(account, {"Arn": create_pipeline(account), "RoleArn": starter})
    put_step_failure(account)
    assume(worker, execution)
    inner = f"arn:aws:iam::{account.id}:role/inner"
    account.client("sts").assume_role(RoleArn=inner, RoleSessionName="engineer")
    administrator = f"arn:aws:iam::{account.id}:role/{account.role}"
    assert ledger(worker, account) == [
        (f"arn:aws:iam::{CALLER}:root", administrator, "test"),
        ("events.amazonaws.com", starter, "step-failure"),
        (SAGEMAKER, execution, "SageMaker"),
        (administrator, inner, "engineer"),
    ]


def test_a_role_that_did_not_let_anybody_in_is_not_in_the_ledger(account: Account, worker: Worker) -> None:
    stranger = create_role(account, "ec2.amazonaws.com")
    create_rule(account, {"Arn": create_pipeline(account), "RoleArn": stranger})
    put_step_failure(account)
    with pytest.raises(RefusedError):
        assume(worker, stranger)
    assert stranger not in {role for _, role, _ in ledger(worker, account)}
