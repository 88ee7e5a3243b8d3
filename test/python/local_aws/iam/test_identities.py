"""Who a caller is."""

from __future__ import annotations

from local_account import CALLER, Account, client


def test_callers_stand_in_their_own_account_until_they_assume_a_role(endpoint: str, account: Account) -> None:
    bare = client("sts", endpoint, aws_access_key_id="local", aws_secret_access_key="local")
    assert bare.get_caller_identity()["Account"] == CALLER
    assert account.client("sts").get_caller_identity()["Account"] == account.id
