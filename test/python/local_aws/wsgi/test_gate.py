"""Who is let in."""

from __future__ import annotations

import urllib.request
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ClientError
from local_account import SECRET, Account, client

SIGNED = {"Authorization": f"AWS4-HMAC-SHA256 Credential={SECRET}/20260101/us-east-1/sts/aws4_request"}
OWN = {"x-local-aws-secret": SECRET}
WHO = b"Action=GetCallerIdentity&Version=2011-06-15"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def answer(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_with_the_secret_as_access_key_one_is_let_in(endpoint: str) -> None:
    status, body = answer(endpoint, WHO, {**FORM, **SIGNED})
    assert (status, "GetCallerIdentityResult" in body) == (200, True)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        pytest.param(
            {"Host": "rebind.evil.example"}, "its Host is not this machine's own", id="a name made to lead here"
        ),
        pytest.param(
            {"Host": "127.0.0.1.evil.example:80"}, "its Host is not this machine's own", id="a name that begins so"
        ),
        pytest.param({"Origin": "https://evil.example"}, "it comes from a browser", id="a page of another origin"),
        pytest.param({"Origin": "null"}, "it comes from a browser", id="a sandboxed page"),
        pytest.param(
            {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Site": "cross-site"},
            "it comes from a browser",
            id="an image or a form",
        ),
        pytest.param({"Referer": "https://evil.example/"}, "it comes from a browser", id="a link"),
    ],
)
@pytest.mark.parametrize("path", ["", "/mlops-local/ExecutionHistory", "/moto-api/reset", "/moto-api/pid"])
def test_what_a_page_can_send_is_refused_whatever_it_knows(
    endpoint: str, path: str, headers: dict[str, str], reason: str
) -> None:
    status, body = answer(endpoint + path, WHO, {**FORM, **SIGNED, **OWN, **headers})
    assert (status, body) == (403, f"Local AWS refuses this request: {reason}\n")


@pytest.mark.parametrize("key", ["guessed", "", f"{SECRET}x"])
def test_another_access_key_is_refused(endpoint: str, key: str) -> None:
    signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/sts/aws4_request"}
    assert answer(endpoint, WHO, {**FORM, **signed})[0] == 403


def test_no_signature_at_all_is_refused(endpoint: str) -> None:
    assert answer(f"{endpoint}/bucket/key", b"text", {})[0] == 403


@pytest.mark.parametrize("path", ["/mlops-local/RegisterWorker", "/moto-api/reset"])
@pytest.mark.parametrize("headers", [{}, {"x-local-aws-secret": "guessed"}, SIGNED])
def test_what_no_aws_has_wants_the_secret_itself(endpoint: str, path: str, headers: dict[str, str]) -> None:
    status, body = answer(endpoint + path, b"{}", headers)
    assert (status, "it lacks the secret" in body) == (403, True)


def test_credentials_that_were_given_let_in_and_a_signed_address_too(account: Account) -> None:
    s3 = account.client("s3")
    s3.create_bucket(Bucket=f"gate-{account.id}")
    s3.put_object(Bucket=f"gate-{account.id}", Key="k", Body=b"text")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": f"gate-{account.id}", "Key": "k"})
    with urllib.request.urlopen(url) as response:
        assert response.read() == b"text"


def test_a_client_whose_key_was_not_given_fails_at_once(account: Account) -> None:
    stranger = client("s3", account.endpoint, aws_access_key_id="local-of-another", aws_secret_access_key="x")
    with pytest.raises(ClientError) as error:
        stranger.list_buckets()
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert error.value.response["ResponseMetadata"]["RetryAttempts"] == 0
