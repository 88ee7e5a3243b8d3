"""
Types of resources that local AWS makes. Others are refused by name: what CloudFormation has not got, and what it has
and local AWS lacks.
"""

from collections.abc import Mapping
from typing import Any

from . import schemas
from .custom import Custom, timeout_problem
from .endpoint import Endpoint
from .iam import Role
from .kind import Kind
from .kms import Alias, Key
from .s3 import Bucket
from .sagemaker import CodeRepository, ModelPackageGroup, SageMakerKind
from .watching import Alarm, Permission, Rule

_CUSTOM = Custom()
_KINDS: Mapping[str, Kind] = {
    kind.type: kind
    for kind in (
        Alarm(),
        Alias(),
        Bucket(),
        CodeRepository(),
        Endpoint(),
        Key(),
        ModelPackageGroup(),
        Permission(),
        Role(),
        Rule(),
        SageMakerKind("EndpointConfig"),
        SageMakerKind("Model"),
        _CUSTOM,
    )
}


def find(name: str) -> Kind | None:
    return _CUSTOM if name.startswith("Custom::") else _KINDS.get(name)


def kind_of(name: str) -> Kind:
    """raises KeyError: for a type that no checked template has"""
    return _CUSTOM if name.startswith("Custom::") else _KINDS[name]


def exists(name: str) -> bool:
    """On AWS."""
    return name.startswith("Custom::") or schemas.exists(name)


def attributes_of(name: str) -> set[str] | None:
    """What `Fn::GetAtt` knows; None: whatever a function answers."""
    kind = kind_of(name)
    return None if kind is _CUSTOM else schemas.read_only(name) | kind.named_attributes


def unsettable(name: str, properties: Mapping[str, Any]) -> list[str]:
    """Properties that AWS has and local AWS cannot set."""
    settable = kind_of(name).settable
    known = schemas.schema_of(name)["properties"] if settable is not None else {}
    return sorted(each for each in properties if settable is not None and each in known and each not in settable)


def coerced(name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return dict(properties) if kind_of(name) is _CUSTOM else schemas.coerced(name, properties)


def problems_with(name: str, properties: Mapping[str, Any]) -> list[str]:
    if kind_of(name) is not _CUSTOM:
        return schemas.problems_with(name, properties)
    problem = timeout_problem(properties)
    return [problem] if problem else []


def is_replaced(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a change takes another resource, because only creation sets what changes."""
    if kind_of(name) is _CUSTOM:
        return False
    return any(_at(before, path) != _at(after, path) for path in schemas.created_with(name))


def _at(properties: Any, path: list[str]) -> Any:
    for part in path:
        properties = properties.get(part) if isinstance(properties, Mapping) else None
    return properties
