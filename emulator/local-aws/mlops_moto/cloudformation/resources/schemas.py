"""
AWS's own schemas of its types, of the cfn-lint that moto brings: what a type's properties are, which of them only its
creation sets, and what it tells.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]

_REGION = "us-east-1"


@cache
def _folder() -> Path:
    found = importlib.util.find_spec("cfnlint")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("cfn-lint is missing, which moto[server] brings")
    return Path(found.origin).parent / "data" / "schemas"


@cache
def _types() -> Mapping[str, str]:
    types: dict[str, str] = json.loads((_folder() / "providers" / f"{_REGION}.json").read_text())
    return types


def exists(kind: str) -> bool:
    return kind in _types()


@cache
def schema_of(kind: str) -> Schema:
    schema: Schema = json.loads((_folder() / "resources" / f"{_types()[kind]}.json").read_text())
    return schema


def created_with(kind: str) -> list[list[str]]:
    """Paths of properties that a resource is replaced for."""
    return _paths(schema_of(kind).get("createOnlyProperties", []))


def read_only(kind: str) -> set[str]:
    return {path[0] for path in _paths(schema_of(kind).get("readOnlyProperties", [])) if len(path) == 1}


def _paths(pointers: list[str]) -> list[list[str]]:
    return [pointer.removeprefix("/properties/").split("/") for pointer in pointers]


def coerced(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Text as numbers and truth values, and the other way round, where the schema wants them."""
    schema = schema_of(kind)
    coerced: dict[str, Any] = _coerced(properties, schema, schema)
    return coerced


def problems_with(kind: str, properties: Mapping[str, Any]) -> list[str]:
    """In the words of CloudFormation's validation."""
    import jsonschema  # a third of a second, which no start waits for

    patterns = {"pattern": _pattern}
    validator = jsonschema.validators.extend(jsonschema.Draft7Validator, patterns)
    errors = validator(schema_of(kind)).iter_errors(dict(properties))
    given_back = sorted(read_only(kind) & set(properties))
    told = [_told(error) for error in sorted(errors, key=lambda error: list(map(str, error.absolute_path)))]
    return told + [f"#: extraneous key [{name}] is not permitted" for name in given_back]


def _told(error: Any) -> str:
    place = "#" + "".join(f"/{part}" for part in error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"{place}: required key [{missing[0]}] not found"
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return (
            f"{place}: extraneous key [{next(name for name in error.instance if name not in known)}] is not permitted"
        )
    return f"{place}: {error.message}"


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """Patterns of Java that Python has not are left to the service."""
    from jsonschema import ValidationError

    try:
        if isinstance(instance, str) and not re.search(pattern, instance):
            yield ValidationError(f"string [{instance}] does not match pattern {pattern}")
    except re.error:
        return


def _coerced(value: Any, schema: Any, root: Schema) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        schema = root["definitions"].get(schema["$ref"].rpartition("/")[2], {})
    if not isinstance(schema, dict):
        return value
    if isinstance(value, dict):
        parts, others = schema.get("properties", {}), next(iter(schema.get("patternProperties", {}).values()), {})
        return {name: _coerced(part, parts.get(name, others), root) for name, part in value.items()}
    if isinstance(value, list):
        return [_coerced(part, schema.get("items", {}), root) for part in value]
    return _scalar(value, schema.get("type"))


def _scalar(value: Any, wanted: Any) -> Any:
    if isinstance(value, str) and wanted == "boolean" and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if isinstance(value, str) and wanted in ("integer", "number") and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    if wanted == "string" and isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value
