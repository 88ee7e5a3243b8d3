"""Accounts: who is who by access key."""

from moto.iam import models as iam


def install(caller_account: str) -> None:
    """
    Puts un-assumed credentials, whatever they are, into the caller's account. moto's own MOTO_ACCOUNT_ID cannot: it
    puts every caller there, those who assumed a role of another account too.
    """
    vars(iam)["DEFAULT_ACCOUNT_ID"] = caller_account


def role_of(access_key: str, account: str) -> str | None:
    """ARN of the role that a temporary access key was given for."""
    key = iam.iam_backends[account]["aws"].access_keys.get(access_key)
    return key.role_arn if key else None
