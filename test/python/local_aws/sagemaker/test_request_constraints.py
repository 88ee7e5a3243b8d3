"""Constraints of requests whose patterns have Unicode's classes, which Python's have not."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from local_account import Account

DEFINITION = json.dumps(
    {"Version": "2020-12-01", "Steps": [{"Name": "End", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}]}
)


def create(account: Account, value: str) -> None:
    account.client("sagemaker").create_pipeline(
        PipelineName="tagged",
        PipelineDefinition=DEFINITION,
        RoleArn=f"arn:aws:iam::{account.id}:role/any-role",
        ClientRequestToken="t" * 32,
        Tags=[{"Key": "Übung:1", "Value": value}],
    )


def test_tags_of_any_letters_are_taken(account: Account) -> None:
    create(account, "é ü_.:/=+-@9")


def test_a_tag_of_another_sign_is_refused(account: Account) -> None:
    with pytest.raises(ClientError, match=r"tags\.1\.member\.value"):
        create(account, "a#b")
