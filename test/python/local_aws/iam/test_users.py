"""Users."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from local_account import Account


def test_a_user_has_no_credentials_of_single_services_and_somebody_who_is_not_there_is_none(account: Account) -> None:
    iam = account.client("iam")
    iam.create_user(UserName="jenkins-server")
    assert iam.list_service_specific_credentials(UserName="jenkins-server")["ServiceSpecificCredentials"] == []
    with pytest.raises(ClientError, match="NoSuchEntity"):
        iam.list_service_specific_credentials(UserName="nobody")
