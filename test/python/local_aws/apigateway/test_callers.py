"""Who may use a route: by a signature, or by a token."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from http_apis import Answer, HttpApi, ask, create_api, signed
from local_account import REGION, SECRET, Account
from token_issuer import ISSUER, TokenIssuer


@pytest.fixture
def guarded(account: Account) -> HttpApi:
    return create_api(account).route("POST /predict/{model}", AuthorizationType="AWS_IAM").stage("v1")


def test_whoever_signs_is_let_in_and_named(guarded: HttpApi) -> None:
    url = guarded.url("/v1/predict/iris%20a?b=2&a=1%2F2&c")
    answer = ask(url, "POST", b"1,2", signed(url, guarded.account, body=b"1,2"))
    caller = answer.json["requestContext"]["authorizer"]["iam"]
    session = f"arn:aws:sts::{guarded.account.id}:assumed-role/OrganizationAccountAccessRole/test"
    assert (answer.status, caller["userArn"], caller["accountId"]) == (200, session, guarded.account.id)
    assert caller["accessKey"] == guarded.account.credentials["aws_access_key_id"]


def test_nothing_but_a_good_signature_lets_in(guarded: HttpApi, other_account: Account) -> None:
    url = guarded.url("/v1/predict/iris")
    account = guarded.account
    good = signed(url, account, body=b"1,2")
    first = {"Authorization": f"AWS4-HMAC-SHA256 Credential={SECRET}/20260101/{REGION}/execute-api/aws4_request"}
    attempts: dict[str, Answer] = {
        "unsigned": ask(url, "POST", b"1,2", {}),
        "with an access key alone": ask(url, "POST", b"1,2", first),
        "another body": ask(url, "POST", b"1,3", good),
        "another path": ask(guarded.url("/v1/predict/other"), "POST", b"1,2", good),
        "another query": ask(f"{url}?a=1", "POST", b"1,2", good),
        "another time": ask(url, "POST", b"1,2", {**good, "X-Amz-Date": "20200101T000000Z"}),
        "another secret": ask(url, "POST", b"1,2", signed(url, account, body=b"1,2", secret="guessed")),
        "another session": ask(url, "POST", b"1,2", signed(url, account, body=b"1,2", token="guessed")),
        "another service": ask(url, "POST", b"1,2", signed(url, account, body=b"1,2", service="lambda")),
        "another region": ask(url, "POST", b"1,2", signed(url, account, body=b"1,2", region="eu-west-1")),
        "another account": ask(url, "POST", b"1,2", signed(url, other_account, body=b"1,2")),
    }
    assert {why: (answer.status, answer.json) for why, answer in attempts.items()} == dict.fromkeys(
        attempts, (403, {"message": "Forbidden"})
    )


@pytest.fixture
def with_tokens(account: Account) -> HttpApi:
    api = create_api(account)
    authorizer = api.gateway.create_authorizer(
        ApiId=api.id,
        Name="tokens",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Issuer": ISSUER, "Audience": ["scores", "others"]},
    )["AuthorizerId"]
    api.route("GET /any", AuthorizationType="JWT", AuthorizerId=authorizer)
    scopes = {"AuthorizationScopes": ["predict", "all"]}
    return api.route("GET /scoped", AuthorizationType="JWT", AuthorizerId=authorizer, **scopes).stage()


def test_a_token_of_the_issuer_for_the_audience_lets_in_and_its_claims_reach_the_function(
    with_tokens: HttpApi, issuer: TokenIssuer
) -> None:
    answer = with_tokens.ask("/any", Authorization=f"Bearer {issuer.token(roles=['a', 'b'])}")
    claims = answer.json["requestContext"]["authorizer"]["jwt"]["claims"]
    assert (claims["sub"], claims["aud"], claims["roles"]) == ("somebody", "scores", "[a b]")
    scoped = with_tokens.ask("/scoped", Authorization=issuer.token(aud=None, client_id="others", scope="all more"))
    assert (scoped.status, scoped.json["requestContext"]["authorizer"]["jwt"]["scopes"]) == (200, ["predict", "all"])


def test_no_other_token_lets_in(with_tokens: HttpApi, issuer: TokenIssuer) -> None:
    now = int(time.time())
    bad: dict[str, dict[str, Any]] = {
        "another key": {"forged": True},
        "another issuer": {"iss": "https://other.example"},
        "another audience": {"aud": "foreign"},
        "expired": {"exp": now - 1},
        "without an end": {"exp": None},
        "too early": {"nbf": now + 60},
    }
    answers = {why: with_tokens.ask("/any", Authorization=issuer.token(**given)) for why, given in bad.items()}
    answers["none"] = with_tokens.ask("/any")
    answers["no token"] = with_tokens.ask("/any", Authorization="Bearer a.b.c")
    assert {why: (it.status, it.json["message"]) for why, it in answers.items()} == dict.fromkeys(
        answers, (401, "Unauthorized")
    )
    assert 'error="invalid_token"' in answers["expired"].headers["www-authenticate"]
    lacking = with_tokens.ask("/scoped", Authorization=issuer.token(scope="other"))
    assert (lacking.status, lacking.json) == (403, {"message": "Forbidden"})


def part(content: Any) -> str:
    """Of a token."""
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def test_what_only_looks_like_a_token_lets_nobody_in(with_tokens: HttpApi, issuer: TokenIssuer) -> None:
    _, claims, signature = issuer.token().split(".")
    own = {"alg": "RS256", "kid": "one"}
    by_public_key = f"{part({**own, 'alg': 'HS256'})}.{claims}"
    guessed = hmac.new(issuer.public_key(), by_public_key.encode(), "sha256").digest()
    headers: dict[str, Any] = {
        "a key by its path": {**own, "kid": "../../etc/passwd"},
        "a key whose name ends a line": {**own, "kid": "x\r\nSet-Cookie: a=b"},
        "a key in other letters": {**own, "kid": "\u4e2d"},
        "an algorithm that ends a line": {**own, "alg": "RS\n256"},
        "an algorithm that is quoted": {**own, "alg": 'RS"256'},
        "a key of its own": {"alg": "RS256", "jwk": {"kty": "RSA"}},
        "extensions that are none": {**own, "crit": 1},
        "a header that is a text": "alg",
        "a header that is nothing": None,
    }
    tokens = {
        **{why: f"{part(header)}.{claims}.{signature}" for why, header in headers.items()},
        "unsigned": f"{part({'alg': 'none'})}.{claims}.",
        "signed by the public key": f"{by_public_key}.{urlsafe_b64encode(guessed).rstrip(b'=').decode()}",
        "encrypted": "a.b.c.d.e",
        "no claims": issuer.signed(b"[1]"),
        "audiences in lists of lists": issuer.token(aud=[["scores"]]),
        "an audience that is an object": issuer.token(aud={"scores": 1}),
        "a beginning that is a text": issuer.token(nbf="soon"),
        "a birth that is a text": issuer.token(iat="now"),
        "an end that is a text": issuer.token(exp="9999999999"),
        "an end that is no number": issuer.token(exp=True),
        "an issuer that ends a line": issuer.token(iss="a\r\nSet-Cookie: a=b"),
        "an issuer that is quoted": issuer.token(iss='a", scope="all'),
    }
    answers = {why: with_tokens.ask("/any", Authorization=f"Bearer {token}") for why, token in tokens.items()}
    assert {why: (it.status, it.body) for why, it in answers.items()} == dict.fromkeys(
        answers, (401, b'{"message":"Unauthorized"}')
    )
    told = [answer.headers["www-authenticate"] for answer in answers.values()]
    assert [each for each in told if each.count('"') != 6] == []
    assert [why for why, answer in answers.items() if "set-cookie" in answer.headers] == []


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"scp": ["predict", "other"]}, 200),
        ({"scope": "other predict"}, 200),
        ({"scp": ["predicting"]}, 403),
        ({"scp": [["predict"], 1]}, 403),
        ({"scope": 'a\n\u4e2d"'}, 403),
    ],
)
def test_scopes_come_in_a_text_or_a_list(
    with_tokens: HttpApi, issuer: TokenIssuer, claims: dict[str, Any], status: int
) -> None:
    assert with_tokens.ask("/scoped", Authorization=issuer.token(**claims)).status == status


def test_an_authorizer_that_a_route_refers_to_stays(with_tokens: HttpApi) -> None:
    gateway, api = with_tokens.gateway, {"ApiId": with_tokens.id}
    routes = gateway.get_routes(**api)["Items"]
    authorizer = routes[0]["AuthorizerId"]
    with pytest.raises(gateway.exceptions.ConflictException, match="'tokens', is referenced in route: GET /any"):
        gateway.delete_authorizer(**api, AuthorizerId=authorizer)
    for route in routes:
        gateway.update_route(**api, RouteId=route["RouteId"], AuthorizationType="AWS_IAM", AuthorizerId="")
    gateway.delete_authorizer(**api, AuthorizerId=authorizer)
    assert with_tokens.ask("/any").status == 403
