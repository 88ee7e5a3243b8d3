"""
A small policy evaluator, for the checks that local AWS makes and no others: policies met by service principals,
bucket policies for everybody, and resource policies met by callers of other accounts. It knows Allow and Deny,
action and resource wildcards, and the string, ARN, Bool and Null operators. Nothing else in moto is guarded by it.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Policy = str | Mapping[str, Any] | None


@dataclass(frozen=True)
class AccessRequest:
    """One action on one resource. `principals` holds every name of the caller, such as ("Service", "events.…")."""

    action: str
    resource: str
    context: Mapping[str, str]
    principals: tuple[tuple[str, str], ...] = field(default=())


def decide(policy: Policy, request: AccessRequest) -> str | None:
    """The effect, "Deny" or "Allow"; None where no statement applies. Identity policies need no principals."""
    effects = {statement["Effect"] for statement in statements_of(policy) if _applies(statement, request)}
    return "Deny" if "Deny" in effects else "Allow" if effects else None


def allows(policy: Policy, request: AccessRequest) -> bool:
    return decide(policy, request) == "Allow"


def statements_of(policy: Policy) -> list[Mapping[str, Any]]:
    document = json.loads(policy) if isinstance(policy, str) else policy
    return _list((document or {}).get("Statement"))


def _applies(statement: Mapping[str, Any], request: AccessRequest) -> bool:
    return (
        _principal_matches(statement, request)
        and _matches(statement, "Action", request.action.lower(), str.lower)
        and _matches(statement, "Resource", request.resource, str)
        and _conditions_hold(statement, request.context)
    )


def _principal_matches(statement: Mapping[str, Any], request: AccessRequest) -> bool:
    if not request.principals:
        return True
    if "NotPrincipal" in statement:
        return not _names(statement["NotPrincipal"], request)
    return _names(statement.get("Principal", {}), request)


def _names(principal: str | Mapping[str, Any], request: AccessRequest) -> bool:
    if isinstance(principal, str):
        return principal == "*"
    listed = {(kind, name) for kind, names in principal.items() for name in _list(names)}
    return ("AWS", "*") in listed or not listed.isdisjoint(request.principals)


def _matches(statement: Mapping[str, Any], element: str, value: str, fold: Callable[[str], str]) -> bool:
    """A trust policy has no Resource, and then any will do."""
    if f"Not{element}" in statement:
        return not any(_glob(fold(pattern), value) for pattern in _list(statement[f"Not{element}"]))
    return any(_glob(fold(pattern), value) for pattern in _list(statement.get(element, "*")))


def _conditions_hold(statement: Mapping[str, Any], context: Mapping[str, str]) -> bool:
    known = {key.lower(): value for key, value in context.items()}
    return all(
        _condition_holds(operator, known.get(key.lower()), [str(value) for value in _list(values)], statement)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    )


def _condition_holds(operator: str, got: str | None, wanted: list[str], statement: Mapping[str, Any]) -> bool:
    """An operator that is not known never lets anybody in: its Allow does not hold, its Deny does."""
    name = operator.split(":")[-1]
    if name == "Null":
        return (got is None) == (wanted == ["true"])
    if got is None and name.endswith("IfExists"):
        return True
    name = name.removesuffix("IfExists")
    positive = name.replace("Not", "")
    if positive not in _OPERATORS:
        return bool(statement["Effect"] == "Deny")
    found = got is not None and any(_OPERATORS[positive](value, got) for value in wanted)
    return found if name == positive else not found


def _glob(pattern: str, value: str) -> bool:
    parts = ("." if part == "?" else ".*" if part == "*" else re.escape(part) for part in re.split(r"([*?])", pattern))
    return re.fullmatch("".join(parts), value, re.DOTALL) is not None


def arn_like(pattern: str, value: str) -> bool:
    """Each of an ARN's six parts is matched by itself: a wildcard does not reach over a colon of the first five."""
    wanted, got = pattern.split(":", 5), value.split(":", 5)
    return len(wanted) == len(got) and all(map(_glob, wanted, got))


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda wanted, got: wanted == got,
    "StringEqualsIgnoreCase": lambda wanted, got: wanted.lower() == got.lower(),
    "StringLike": _glob,
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
    "Bool": lambda wanted, got: wanted.lower() == got.lower(),
}


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
