"""Roles for whoever brings a token: who is let in, and as whom."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from local_account import REGION, Account, client
from token_issuer import ISSUER, TokenIssuer

SUBJECT = "project_path:mlops/churn:ref_type:branch:ref:main"
AUDIENCE = "https://gitlab.example.com"
KEYS = ISSUER.removeprefix("https://")


@pytest.fixture
def role(account: Account) -> str:
    iam = account.client("iam")
    provider = iam.create_open_id_connect_provider(Url=ISSUER, ClientIDList=[AUDIENCE, "other"])
    equals = {f"{KEYS}:aud": AUDIENCE, f"{KEYS}:sub": SUBJECT}
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider["OpenIDConnectProviderArn"]},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": equals},
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return str(iam.create_role(RoleName="ci", AssumeRolePolicyDocument=document)["Role"]["Arn"])


def token(issuer: TokenIssuer, **claims: Any) -> str:
    return issuer.token(**{"aud": AUDIENCE, "sub": SUBJECT, "iat": int(time.time()), **claims})


def assume(endpoint: str, role: str, given: str, **more: Any) -> dict[str, Any]:
    """Without credentials: nobody signs this."""
    sts = boto3.client("sts", endpoint_url=endpoint, region_name=REGION, config=Config(signature_version=UNSIGNED))
    return dict(
        sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="job-1", WebIdentityToken=given, **more)
    )


def refused(code: str, endpoint: str, role: str, given: str, **more: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        assume(endpoint, role, given, **more)
    assert refusal.value.response["Error"]["Code"] == code
    return str(refusal.value.response["Error"]["Message"])


def test_a_token_of_the_named_subject_is_the_role(account: Account, issuer: TokenIssuer, role: str) -> None:
    told = assume(account.endpoint, role, token(issuer))
    assert told["SubjectFromWebIdentityToken"] == SUBJECT
    assert told["Provider"] == f"arn:aws:iam::{account.id}:oidc-provider/{KEYS}"
    given = told["Credentials"]
    caller = client(
        "sts",
        account.endpoint,
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    ).get_caller_identity()
    assert caller["Arn"] == f"arn:aws:sts::{account.id}:assumed-role/ci/job-1"


@pytest.mark.parametrize(
    ("claims", "code", "why"),
    [
        ({"sub": "project_path:mlops/churn:ref_type:branch:ref:other"}, "AccessDenied", "Not authorized to perform"),
        ({"aud": "other"}, "AccessDenied", "Not authorized to perform"),
        ({"aud": "stranger"}, "InvalidIdentityToken", "Incorrect token audience"),
        ({"azp": "stranger"}, "InvalidIdentityToken", "Incorrect token audience"),
        ({"exp": 1_600_000_000}, "ExpiredTokenException", "2020-09-13"),
        ({"nbf": 4_000_000_000}, "InvalidIdentityToken", "not valid yet"),
        ({"iss": "https://other.example"}, "InvalidIdentityToken", "No OpenIDConnect provider found"),
        ({"forged": True}, "InvalidIdentityToken", "not a valid JWT"),
        ({"exp": None}, "InvalidIdentityToken", "Missing a required claim"),
    ],
)
def test_every_other_token_is_refused(
    account: Account, issuer: TokenIssuer, role: str, claims: dict[str, Any], code: str, why: str
) -> None:
    assert why in refused(code, account.endpoint, role, token(issuer, **claims))


def test_what_is_no_token_is_refused(account: Account, issuer: TokenIssuer, role: str) -> None:
    refused("InvalidIdentityToken", account.endpoint, role, "no.token")
    refused("InvalidIdentityToken", account.endpoint, role, issuer.signed(b"[]"))
    other = role.replace("role/ci", "role/none")
    refused("AccessDenied", account.endpoint, other, token(issuer))
    refused("ValidationError", account.endpoint, role, token(issuer), DurationSeconds=7200)


def test_nothing_else_gets_in_unsigned(account: Account) -> None:
    body = urllib.parse.urlencode({"Action": "GetCallerIdentity", "Version": "2011-06-15"}).encode()
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(urllib.request.Request(account.endpoint, body))
    assert refusal.value.code == 403
