"""Aliases say since when they lead to their key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from local_account import Account


def test_an_alias_tells_when_it_was_made_and_when_it_was_moved(account: Account) -> None:
    kms = account.client("kms")
    first, second = (kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2))
    kms.create_alias(AliasName="alias/a", TargetKeyId=first)

    def alias(**which: str) -> dict[str, Any]:
        return next(each for each in kms.list_aliases(**which)["Aliases"] if each["AliasName"] == "alias/a")

    made = alias(KeyId=first)
    assert isinstance(made["CreationDate"], datetime)
    assert made["LastUpdatedDate"] >= made["CreationDate"]
    kms.update_alias(AliasName="alias/a", TargetKeyId=second)
    moved = alias()
    assert (moved["TargetKeyId"], moved["CreationDate"]) == (second, made["CreationDate"])
    assert moved["LastUpdatedDate"] > made["LastUpdatedDate"]
