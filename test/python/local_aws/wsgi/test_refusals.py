"""What local AWS has not got."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from local_account import Account


def test_what_is_not_emulated_is_refused_at_once_and_by_name(account: Account) -> None:
    with pytest.raises(ClientError) as error:
        account.client("sagemaker").list_monitoring_alerts(MonitoringScheduleName="x")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert "list_monitoring_alerts" in error.value.response["Error"]["Message"]
