"""Accounts and roles: who is who by access key or ARN."""

from moto.iam import models as iam
from moto.iam.models import Role


def set_caller_account(account: str) -> None:
    """
    Puts un-assumed credentials, whatever they are, into this account. moto's own MOTO_ACCOUNT_ID cannot: it puts every
    caller there, those who assumed a role of another account too.
    """
    vars(iam)["DEFAULT_ACCOUNT_ID"] = account


def role_of(access_key: str, account: str) -> str | None:
    """ARN of the role that a temporary access key was given for."""
    key = iam.iam_backends[account]["aws"].access_keys.get(access_key)
    return key.role_arn if key else None


def find_role(arn: str | None, account: str) -> Role | None:
    return next((role for role in iam.iam_backends[account]["aws"].get_roles() if role.arn == arn), None)
