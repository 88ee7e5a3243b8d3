"""CloudFormation templates by their S3 addresses, and what parameters they declare."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from moto.cloudformation.utils import yaml_tag_constructor
from moto.s3.models import s3_backends

from .actions import InvalidError

_HOST = re.compile(r"(?:(?P<bucket>.+)\.)?s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?")
_CONSTRAINTS = (
    "AllowedValues",
    "AllowedPattern",
    "ConstraintDescription",
    "MaxLength",
    "MinLength",
    "MaxValue",
    "MinValue",
)


class _Loader(yaml.SafeLoader):
    """Knows CloudFormation's short forms, such as `!Sub`."""


_Loader.add_multi_constructor("", yaml_tag_constructor)


def place_of(url: str) -> tuple[str, str, str | None] | None:
    """Bucket, key and version of an address such as `https://bucket.s3.eu-west-1.amazonaws.com/key?versionId=…`."""
    parts = urlsplit(url)
    host = _HOST.fullmatch(parts.hostname or "")
    if parts.scheme != "https" or host is None:
        return None
    path = unquote(parts.path.lstrip("/"))
    bucket, key = (host["bucket"], path) if host["bucket"] else path.partition("/")[::2]
    return bucket, key, parse_qs(parts.query).get("versionId", [None])[0]


def read_template(url: str) -> str:
    """raises InvalidError: where there is none, or no template"""
    place = place_of(url)
    text = _content(*place) if place else None
    if text is None:
        raise InvalidError(f"Invalid templateUrl {url}: it leads to no object of S3")
    parse_template(text)
    return text


def parse_template(text: str) -> Mapping[str, Any]:
    """raises InvalidError: where it is no template, which has resources"""
    try:
        parsed = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, _Loader)
    except (ValueError, yaml.YAMLError) as error:
        raise InvalidError(f"Invalid template: {error}") from error
    if not isinstance(parsed, dict) or not parsed.get("Resources"):
        raise InvalidError("Invalid template: it has no Resources")
    return parsed


def declared_parameters(text: str) -> list[dict[str, Any]]:
    return [_described(name, given) for name, given in (parse_template(text).get("Parameters") or {}).items()]


def _described(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    constraints = {each: given[each] for each in _CONSTRAINTS if each in given}
    texts = {each: value if isinstance(value, list) else str(value) for each, value in constraints.items()}
    default = {"DefaultValue": str(given["Default"])} if "Default" in given else {}
    return {
        "ParameterKey": name,
        "ParameterType": given.get("Type"),
        "IsNoEcho": str(given.get("NoEcho", False)).lower() == "true",
        "Description": given.get("Description"),
        "ParameterConstraints": texts,
        **default,
    }


def _content(bucket: str, key: str, version: str | None) -> str | None:
    for partitions in list(s3_backends.values()):
        for backend in partitions.values():
            if bucket in backend.buckets:
                stored = backend.get_object(bucket, key, version_id=version)
                return stored.value.decode() if stored else None
    return None
