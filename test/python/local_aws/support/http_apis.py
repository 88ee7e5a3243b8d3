"""HTTP APIs in front of a deployed function, and requests to their invoke URLs."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from deployed_functions import create_function
from local_account import REGION

if TYPE_CHECKING:
    from local_account import Account

ECHO = """
    exports.handler = async (event) => {
        if (event.rawPath.endsWith("/throws")) throw new TypeError("no");
        if (event.rawPath.endsWith("/sleeps")) await new Promise((wake) => setTimeout(wake, 60_000));
        return event.rawPath.endsWith("/plain") ? event : (event.stageVariables?.answer
            ? JSON.parse(event.stageVariables.answer)
            : { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(event) });
    };
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class HttpApi:
    account: Account
    id: str
    integration: str

    @property
    def gateway(self) -> Any:
        return self.account.client("apigatewayv2")

    @property
    def host(self) -> str:
        return f"{self.id}.execute-api.{REGION}.amazonaws.com"

    def route(self, key: str, **given: Any) -> HttpApi:
        self.gateway.create_route(ApiId=self.id, RouteKey=key, Target=f"integrations/{self.integration}", **given)
        return self

    def stage(self, name: str = "$default", **given: Any) -> HttpApi:
        self.gateway.create_stage(ApiId=self.id, StageName=name, AutoDeploy=True, **given)
        return self

    def url(self, path: str) -> str:
        return f"{self.account.endpoint}/_aws/execute-api/{self.id}{path}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        return ask(self.url(path), method, body, {name.replace("_", "-"): value for name, value in headers.items()})


def ask(url: str, method: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return Answer(response.status, _lower(response.headers), response.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, _lower(error.headers), error.read())


def create_api(account: Account, source: str = ECHO, *, permitted: str | None = "*/*", **integration: Any) -> HttpApi:
    """
    An API without routes and stages.

    permitted: stage, method and path, or `$default`, for which it may call its function
    """
    function = create_function(account, source)
    gateway = account.client("apigatewayv2")
    api = gateway.create_api(Name="api", ProtocolType="HTTP")["ApiId"]
    made = gateway.create_integration(
        ApiId=api,
        IntegrationType="AWS_PROXY",
        IntegrationUri=function,
        PayloadFormatVersion="2.0",
        **integration,
    )
    if permitted:
        account.client("lambda").add_permission(
            FunctionName="guard",
            StatementId="api",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=account.arn("execute-api", f"{api}/{permitted}"),
        )
    return HttpApi(account, api, made["IntegrationId"])


def signed(
    url: str, account: Account, *, body: bytes = b"", region: str = REGION, **changed: str | None
) -> dict[str, str]:
    """Headers of a POST, signed as whoever the account is entered as."""
    given = account.credentials
    key, secret = given["aws_access_key_id"], changed.get("secret", given["aws_secret_access_key"])
    credentials = Credentials(key, secret, changed.get("token", given["aws_session_token"]))
    request = AWSRequest(method="POST", url=url, data=body, headers={"Content-Type": "text/csv"})
    SigV4Auth(credentials, changed.get("service", "execute-api"), region).add_auth(request)
    return dict(request.headers)


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
