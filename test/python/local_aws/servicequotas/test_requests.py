"""SageMaker's quotas of a new account, and requests for more."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account

TRAINING = {"ServiceCode": "sagemaker", "QuotaCode": "L-CCE2AFA6"}


def quotas(account: Account, action: str = "list_service_quotas") -> dict[str, dict[str, Any]]:
    pages = account.client("service-quotas").get_paginator(action).paginate(ServiceCode="sagemaker")
    return {each["QuotaName"]: each for page in pages for each in page["Quotas"]}


def test_a_new_account_has_room_for_small_processing_jobs_and_for_no_other_job(account: Account) -> None:
    listed = quotas(account)
    assert {name: each["Value"] for name, each in listed.items() if each["Value"] > 0} == {
        "ml.t3.medium for processing job usage": 4,
        "ml.t3.large for processing job usage": 4,
        "ml.t3.xlarge for processing job usage": 2,
    }
    assert listed["ml.m5.xlarge for training job usage"]["QuotaCode"] == "L-CCE2AFA6"
    assert listed == quotas(account, "list_aws_default_service_quotas")
    codes = [each["QuotaCode"] for each in listed.values()]
    assert len(set(codes)) == len(codes) > 300


def test_a_small_request_is_pending_when_it_is_made_and_granted_afterwards(account: Account) -> None:
    client = account.client("service-quotas")
    made = client.request_service_quota_increase(**TRAINING, DesiredValue=2)["RequestedQuota"]
    assert (made["Status"], made["DesiredValue"]) == ("PENDING", 2)
    history = client.list_requested_service_quota_change_history(ServiceCode="sagemaker")["RequestedQuotas"]
    assert [(each["QuotaCode"], each["Status"]) for each in history] == [("L-CCE2AFA6", "APPROVED")]
    assert quotas(account)["ml.m5.xlarge for training job usage"]["Value"] == 2
    assert quotas(account, "list_aws_default_service_quotas")["ml.m5.xlarge for training job usage"]["Value"] == 0


def test_a_large_request_stays_open_and_admits_no_other(account: Account) -> None:
    client = account.client("service-quotas")
    client.request_service_quota_increase(**TRAINING, DesiredValue=500)
    with pytest.raises(ClientError, match="ResourceAlreadyExists"):
        client.request_service_quota_increase(**TRAINING, DesiredValue=1)
    assert quotas(account)["ml.m5.xlarge for training job usage"]["Value"] == 0


def test_a_page_holds_a_hundred_at_most(account: Account) -> None:
    with pytest.raises(ClientError, match="MaxResults"):
        account.client("service-quotas").list_service_quotas(ServiceCode="sagemaker", MaxResults=101)
