"""Who asks: the session of a role, or the user that local AWS begins with, who may do everything in its account."""

import json
from dataclasses import dataclass

from moto.iam import models as iam
from moto.sts.models import sts_backends

EVERYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["*"], "Resource": ["*"]}]}
)


@dataclass(frozen=True)
class Caller:
    """`role` is what policies speak of, `session` what refusals name."""

    role: str
    session: str
    account: str


def first_user() -> Caller:
    account = str(vars(iam)["DEFAULT_ACCOUNT_ID"])
    arn = f"arn:aws:iam::{account}:user/moto"
    return Caller(arn, arn, account)


def caller_of(access_key: str) -> Caller:
    """raises ValueError: for a user of IAM's, whose policies nobody here reads"""
    for account, backends in list(sts_backends.items()):
        session = backends["aws"].get_assumed_role_from_access_key(access_key)
        if session:
            return Caller(session.role_arn, session.arn, account)
    if any(access_key in backends["aws"].access_keys for backends in list(iam.iam_backends.values())):
        raise ValueError("the caller is a user of IAM's: policies are judged for roles")
    return first_user()


def make_administrators(role_arns: list[str]) -> None:
    """
    Roles that AWS Organizations makes in each account: they may do all there, and trust the first user's account.
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
    """
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": [f"arn:aws:iam::{first_user().account}:root"]},
                "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
            }
        ],
    }
    for arn in role_arns:
        account, name = arn.split(":")[4], arn.rsplit("/", 1)[-1]
        backend = iam.iam_backends[account]["aws"]
        if any(role.arn == arn for role in backend.get_roles()):
            continue
        backend.create_role(
            role_name=name,
            assume_role_policy_document=json.dumps(trust),
            path="/",
            permissions_boundary=None,
            description="",
            tags=[],
            max_session_duration="3600",
        )
        backend.put_role_policy(name, "AdministratorAccess", EVERYTHING)
