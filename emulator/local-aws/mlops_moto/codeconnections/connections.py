"""Connections to where code is kept, by ARN, with their tags."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.iam.models import get_account_id_from
from werkzeug.wrappers import Request, Response

from ..authorization.calls import signed_scope

Body = Mapping[str, Any]

_PROVIDERS = {"Bitbucket", "GitHub", "GitHubEnterpriseServer", "GitLab", "GitLabSelfManaged", "AzureDevOps"}
_LONGEST_NAME = 32


@dataclass
class _Connection:
    name: str
    arn: str
    provider: str
    account: str
    status: str = "PENDING"
    tags: dict[str, str] = field(default_factory=dict)
    repositories: Mapping[str, str] = field(default_factory=dict)
    """Folders of bare repositories on this machine, by `<owner>/<name>`."""

    def described(self) -> dict[str, str]:
        return {
            "ConnectionName": self.name,
            "ConnectionArn": self.arn,
            "ProviderType": self.provider,
            "OwnerAccountId": self.account,
            "ConnectionStatus": self.status,
        }


class _RefusedError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


_CONNECTIONS: dict[str, _Connection] = {}
"""By ARN."""


def complete(arn: str, repositories: Mapping[str, str]) -> bool:
    """What a person does in a browser. Returns whether there is such a connection."""
    found = _CONNECTIONS.get(arn)
    if found:
        found.repositories, found.status = {**found.repositories, **repositories}, "AVAILABLE"
    return found is not None


def repository_of(arn: str, name: str) -> str | None:
    """None: the connection is not available, or does not lead there."""
    found = _CONNECTIONS.get(arn)
    return found.repositories.get(name) if found and found.status == "AVAILABLE" else None


def status_of(arn: str) -> str | None:
    """None: there is no such connection."""
    found = _CONNECTIONS.get(arn)
    return found.status if found else None


def answer(environ: dict[str, Any], action: str, service: str) -> Response | None:
    """
    None: there is no such action.

    service: `codeconnections`, or by its old name `codestar-connections`: ARNs begin with it, both know both's
    """
    act = _ACTIONS.get(action)
    if act is None:
        return None
    request = Request(environ)
    key, region = signed_scope(environ)
    place = f"{service}:{region}:{get_account_id_from(key)}"
    try:
        status, told = 200, act(json.loads(request.get_data() or b"{}"), place)
    except _RefusedError as error:
        status, told = 400, {"__type": error.code, "message": str(error)}
    return Response(json.dumps(told), status, content_type="application/x-amz-json-1.0")


def _create(body: Body, place: str) -> dict[str, Any]:
    name, provider = str(body.get("ConnectionName", "")), str(body.get("ProviderType", ""))
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise _RefusedError("ValidationException", f"A connection's name has 1 to {_LONGEST_NAME} characters: {name}")
    if provider not in _PROVIDERS or body.get("HostArn"):
        raise _RefusedError(
            "ValidationException", f"Local AWS makes connections to {sorted(_PROVIDERS)}, without hosts"
        )
    account = place.rpartition(":")[2]
    made = _Connection(name, f"arn:aws:{place}:connection/{uuid.uuid4()}", provider, account, tags=_tags(body))
    _CONNECTIONS[made.arn] = made
    return {"ConnectionArn": made.arn, "Tags": _listed(made)}


def _find(arn: object, place: str) -> _Connection:
    found = _CONNECTIONS.get(str(arn))
    if found is None or not _is_at(found, place):
        raise _RefusedError("ResourceNotFoundException", f"Connection not found: {arn}")
    return found


def _delete(body: Body, place: str) -> dict[str, Any]:
    del _CONNECTIONS[_find(body.get("ConnectionArn"), place).arn]
    return {}


def _list(_body: Body, place: str) -> dict[str, Any]:
    return {"Connections": [each.described() for each in _CONNECTIONS.values() if _is_at(each, place)]}


def _is_at(connection: _Connection, place: str) -> bool:
    """Of the same account and region, by whichever name of the service."""
    return connection.arn.split(":")[3:5] == place.split(":")[1:]


def _tag(body: Body, place: str) -> dict[str, Any]:
    _find(body.get("ResourceArn"), place).tags.update(_tags(body))
    return {}


def _untag(body: Body, place: str) -> dict[str, Any]:
    tags = _find(body.get("ResourceArn"), place).tags
    for key in body["TagKeys"]:
        tags.pop(key, None)
    return {}


def _tags(body: Body) -> dict[str, str]:
    return {each["Key"]: each["Value"] for each in body.get("Tags") or []}


def _listed(connection: _Connection) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in connection.tags.items()]


_ACTIONS: Mapping[str, Callable[[Body, str], dict[str, Any]]] = {
    "CreateConnection": _create,
    "DeleteConnection": _delete,
    "GetConnection": lambda body, place: {"Connection": _find(body.get("ConnectionArn"), place).described()},
    "ListConnections": _list,
    "ListTagsForResource": lambda body, place: {"Tags": _listed(_find(body.get("ResourceArn"), place))},
    "TagResource": _tag,
    "UntagResource": _untag,
}
