"""
A template's text, JSON or YAML with the short forms of functions (`!Sub`), as one and the same document.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

import json
from typing import Any

import yaml

from .errors import TemplateError

_LONGEST = 1024 * 1024
"""Bytes of a template in S3; in a request the API's own limit of 51,200 holds."""

_WHOLE_NAMES = {"Condition", "Ref"}
"""Short forms that do not stand for a name with `Fn::`."""


class _Loader(yaml.SafeLoader):
    """Knows short forms, and takes a date for text: versions of policies look like one."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (as the class that it extends has it)
        first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def parse(text: str) -> dict[str, Any]:
    """raises TemplateError: with line and column"""
    if len(text.encode()) > _LONGEST:
        raise TemplateError(f"Template size is {len(text.encode())} bytes, at most {_LONGEST} are allowed")
    document = _parse_json(text) if text.lstrip().startswith("{") else _parse_yaml(text)
    if not isinstance(document, dict):
        raise TemplateError("Template format error: unsupported structure.")
    return document


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        place = f"(line {error.lineno}, column {error.colno})"
        raise TemplateError(f"Template format error: JSON not well-formed. {place}") from error


def _parse_yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"(line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise TemplateError(f"Template format error: YAML not well-formed. {place}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise TemplateError(f"Template format error: YAML not well-formed. {error}") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in pairs:
        if name in read:
            raise TemplateError(f"Template format error: JSON not well-formed. Duplicate key: {name}")
        read[name] = value
    return read


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    read: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(loader.construct_object(name_node, deep=True))
        if name in read:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key: {name}", name_node.start_mark)
        read[name] = loader.construct_object(value_node, deep=True)
    return read


def _short_form(loader: _Loader, name: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = _mapping(loader, node)  # type: ignore[arg-type]
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in _WHOLE_NAMES else f"Fn::{name}": value}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_multi_constructor("!", _short_form)
