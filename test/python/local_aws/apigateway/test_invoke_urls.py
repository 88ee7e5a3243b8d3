"""HTTP APIs at their invoke URLs, in front of a deployed function of Node.js."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from http_apis import ask, create_api
from local_account import Account

BAD = "BadRequestException"
NOT_ALLOWED = "permissions to call the integration"


def log_of(account: Account) -> list[dict[str, str]]:
    events = account.client("logs").filter_log_events(logGroupName="/access")["events"]
    return [json.loads(event["message"]) for event in events]


def test_a_function_gets_the_request_in_payload_2_and_its_answer_is_the_clients(account: Account) -> None:
    api = create_api(account).route("POST /predict/{model}").stage("v1", StageVariables={"tier": "one"})
    answer = api.ask(
        "/v1/predict/iris?a=1&a=2&b=x%20y", "POST", b'{"rows":1}', Content_Type="application/json", Cookie="k=v; l=w"
    )
    event = answer.json
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert (event["version"], event["routeKey"], event["rawPath"]) == (
        "2.0",
        "POST /predict/{model}",
        "/v1/predict/iris",
    )
    assert (event["rawQueryString"], event["queryStringParameters"]) == ("a=1&a=2&b=x%20y", {"a": "1,2", "b": "x y"})
    assert (event["pathParameters"], event["stageVariables"]) == ({"model": "iris"}, {"tier": "one"})
    assert (event["body"], event["isBase64Encoded"], event["cookies"]) == ('{"rows":1}', False, ["k=v", "l=w"])
    assert (event["headers"]["host"], event["headers"]["content-type"]) == (api.host, "application/json")
    assert "cookie" not in event["headers"]
    context = event["requestContext"]
    assert (context["accountId"], context["apiId"], context["stage"]) == (account.id, api.id, "v1")
    assert (context["domainName"], context["requestId"]) == (api.host, answer.headers["apigw-requestid"])
    assert (context["http"]["method"], context["http"]["path"]) == ("POST", "/v1/predict/iris")
    assert "authorizer" not in context


@pytest.mark.parametrize(
    "host", ["{}.execute-api.us-east-1.localhost:1", "{}.execute-api.us-east-1.amazonaws.com"], ids=["local", "AWS's"]
)
def test_an_api_is_found_by_its_host_too_and_by_a_browser(account: Account, host: str) -> None:
    api = create_api(account).route("$default").stage()
    page = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    answer = ask(f"{account.endpoint}/a/b", "GET", None, {"Host": host.format(api.id), **page})
    assert (answer.status, answer.json["rawPath"], answer.json["routeKey"]) == (200, "/a/b", "$default")
    assert ask(f"{account.endpoint}/a", "GET", None, {"Host": host.format("nobodys")}).status == 404


def test_a_form_comes_in_base64_and_binary_answers_go_out_decoded(account: Account) -> None:
    answered = {
        "statusCode": 201,
        "headers": {"X-Own": True},
        "cookies": ["a=1", "b=2"],
        "body": base64.b64encode(b"\xff\x00").decode(),
    }
    api = (
        create_api(account)
        .route("POST /form")
        .stage()
        .stage("fixed", StageVariables={"answer": json.dumps({**answered, "isBase64Encoded": True})})
    )
    event = api.ask("/form", "POST", b"decision=approve", Content_Type="application/x-www-form-urlencoded").json
    assert (event["isBase64Encoded"], base64.b64decode(event["body"])) == (True, b"decision=approve")
    answer = api.ask("/fixed/form", "POST", b"")
    assert (answer.status, answer.body, answer.headers["x-own"]) == (201, b"\xff\x00", "true")
    assert answer.headers["content-type"] == "text/plain;charset=utf-8"


def test_a_result_without_a_status_is_the_body(account: Account) -> None:
    api = create_api(account).route("GET /plain").stage()
    answer = api.ask("/plain")
    assert (answer.status, answer.headers["content-type"], answer.json["rawPath"]) == (
        200,
        "application/json",
        "/plain",
    )


@pytest.mark.parametrize(
    ("path", "method", "body", "status", "message"),
    [
        ("/none", "GET", None, 404, "Not Found"),
        ("/throws", "GET", None, 500, "Internal Server Error"),
        ("/sleeps", "GET", None, 503, "Service Unavailable"),
        ("/any", "POST", b"x" * (10 * 1024 * 1024 + 1), 413, "Request Entity Too Large"),
        ("/any", "POST", b"x" * (6 * 1024 * 1024), 413, "Request Entity Too Large"),
    ],
)
def test_what_goes_wrong_is_told_in_aws_words(
    account: Account, path: str, method: str, body: bytes | None, status: int, message: str
) -> None:
    api = create_api(account, TimeoutInMillis=2_000)
    for key in ("GET /throws", "GET /sleeps", "POST /any"):
        api.route(key)
    answer = api.stage().ask(path, method, body)
    assert (answer.status, answer.json) == (status, {"message": message})


@pytest.mark.parametrize(
    "answer",
    [
        {"statusCode": "much"},
        {"statusCode": 99},
        {"statusCode": 99999},
        {"statusCode": 200, "headers": ["a"]},
        {"statusCode": 200, "headers": {"x-a": "b\r\nset-cookie: c=d"}},
        {"statusCode": 200, "headers": {"x-a: b\r\nset-cookie": "c=d"}},
        {"statusCode": 200, "headers": {"x-a": "\u4e2d"}},
        {"statusCode": 200, "cookies": ["a=b\r\nx-c: d"]},
        {"statusCode": 200, "cookies": 5},
    ],
)
def test_an_answer_that_is_none_is_an_error(account: Account, answer: dict[str, Any]) -> None:
    api = create_api(account).route("$default").stage("x", StageVariables={"answer": json.dumps(answer)})
    told = api.ask("/x/y")
    assert (told.status, told.json) == (500, {"message": "Internal Server Error"})


@pytest.mark.parametrize(
    ("permitted", "allowed"),
    [
        ("$default/GET/pets/{id}", True),
        ("*/$default", False),
        ("other/GET/pets/*", False),
        ("*/POST/pets/*", False),
        (None, False),
    ],
)
def test_a_function_that_does_not_let_the_route_in_is_not_called(
    account: Account, permitted: str | None, allowed: bool
) -> None:
    account.client("logs").create_log_group(logGroupName="/access")
    access = {
        "DestinationArn": account.arn("logs", "log-group:/access"),
        "Format": '{"why":"$context.integrationErrorMessage"}',
    }
    api = create_api(account, permitted=permitted).route("GET /pets/{id}").stage(AccessLogSettings=access)
    assert api.ask("/pets/1").status == (200 if allowed else 500)
    (line,) = log_of(account)
    assert (NOT_ALLOWED in line["why"]) is not allowed


def test_the_access_log_has_what_its_format_asks_for_and_no_query(account: Account) -> None:
    account.client("logs").create_log_group(logGroupName="/access")
    names = ("requestId", "httpMethod", "routeKey", "path", "status", "responseLength", "stage", "apiId", "nonsense")
    wanted = json.dumps({name: f"$context.{name}" for name in names})
    access = {"DestinationArn": account.arn("logs", "log-group:/access:*"), "Format": wanted}
    api = create_api(account).route("GET /a").stage(AccessLogSettings=access)
    answer = api.ask("/a?token=secret")
    (line,) = log_of(account)
    assert line == {
        "requestId": answer.headers["apigw-requestid"],
        "httpMethod": "GET",
        "routeKey": "GET /a",
        "path": "/a",
        "status": "200",
        "responseLength": str(len(answer.body)),
        "stage": "$default",
        "apiId": api.id,
        "nonsense": "-",
    }


def test_a_stage_is_changed_where_it_stands(account: Account) -> None:
    api = create_api(account).route("$default").stage("s", StageVariables={"tier": "one"})
    changed = api.gateway.update_stage(ApiId=api.id, StageName="s", StageVariables={"tier": "two"}, Description="d")
    assert (changed["StageVariables"], changed["Description"], changed["AutoDeploy"]) == ({"tier": "two"}, "d", True)
    assert api.ask("/s/").json["stageVariables"] == {"tier": "two"}


@pytest.mark.parametrize(
    ("action", "given", "code", "said"),
    [
        ("create_api", {"Name": "w", "ProtocolType": "WEBSOCKET"}, BAD, "protocolType is HTTP"),
        ("create_integration", {"IntegrationType": "HTTP_PROXY"}, BAD, "integrationType is AWS_PROXY"),
        ("create_integration", {"IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "1.0"}, BAD, "is 2.0"),
        ("create_route", {"RouteKey": "GET pets"}, BAD, "not formatted properly"),
        ("create_route", {"RouteKey": "GET /{a+}/b"}, BAD, "not formatted properly"),
        ("create_route", {"RouteKey": "GET /there"}, "ConflictException", "already exists"),
        ("create_route", {"RouteKey": "GET /a", "AuthorizationType": "CUSTOM"}, BAD, "NONE, AWS_IAM and JWT"),
        ("create_authorizer", {"AuthorizerType": "REQUEST", "Name": "n", "IdentitySource": []}, BAD, "is JWT"),
        ("create_stage", {"StageName": "s"}, BAD, "autoDeploy"),
    ],
)
def test_what_aws_refuses_or_nobody_here_plays_is_refused_when_it_is_made(
    account: Account, action: str, given: dict[str, Any], code: str, said: str
) -> None:
    gateway = account.client("apigatewayv2")
    if action != "create_api":
        given = {**given, "ApiId": gateway.create_api(Name="api", ProtocolType="HTTP")["ApiId"]}
        gateway.create_route(ApiId=given["ApiId"], RouteKey="GET /there")
    with pytest.raises(ClientError) as refusal:
        getattr(gateway, action)(**given)
    assert refusal.value.response["Error"]["Code"] == code
    assert said in refusal.value.response["Error"]["Message"]
