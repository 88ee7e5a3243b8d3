"""What local AWS has not got: refused at the first attempt, by name, in the protocol of the service."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account

SERVICES = [
    pytest.param("proton", "list_environments", {}, id="json"),
    pytest.param("schemas", "list_registries", {}, id="rest-json"),
    pytest.param("cloudsearch", "list_domain_names", {}, id="query"),
]
ACTIONS = [
    pytest.param("sagemaker", "list_monitoring_alerts", {"MonitoringScheduleName": "x"}, id="json"),
    pytest.param("lambda", "get_account_settings", {}, id="rest-json, no path"),
    pytest.param("lambda", "delete_function_code_signing_config", {"FunctionName": "f"}, id="rest-json, a path"),
    pytest.param("cloudfront", "list_realtime_log_configs", {}, id="rest-xml"),
    pytest.param("rds", "describe_certificates", {}, id="query"),
    pytest.param("ec2", "describe_fpga_images", {}, id="ec2"),
]


def refused(account: Account, service: str, method: str, given: dict[str, Any], code: str) -> str:
    """What a client that may try again, as often as it does by default, is told of its one attempt."""
    client = account.client(service)
    with pytest.raises(ClientError) as refusal:
        getattr(client, method)(**given)
    error, about = refusal.value.response["Error"], refusal.value.response["ResponseMetadata"]
    assert (error["Code"], about["HTTPStatusCode"], about["RetryAttempts"]) == (code, 400, 0)
    action = client.meta.method_to_api_mapping[method]
    assert error["Message"].startswith(f"Local AWS cannot do {service}:{action}: ")
    return str(error["Message"])


@pytest.mark.parametrize(("service", "method", "given"), SERVICES)
def test_a_service_that_moto_has_not_got(account: Account, service: str, method: str, given: dict[str, Any]) -> None:
    assert refused(account, service, method, given, "UnknownServiceException").endswith("moto has no such service")


@pytest.mark.parametrize(("service", "method", "given"), ACTIONS)
def test_an_action_that_moto_has_not_got(account: Account, service: str, method: str, given: dict[str, Any]) -> None:
    refused(account, service, method, given, "UnknownOperationException")


def test_what_moto_itself_does_not_find_stays_not_found(account: Account) -> None:
    with pytest.raises(ClientError) as error:
        account.client("lambda").get_function(FunctionName="none")
    assert error.value.response["Error"]["Code"] == "ResourceNotFoundException"
