"""
What EventBridge hands to a target: the event, a part of it, a constant, or text made by an input transformer.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonpath_ng.ext import parse

Event = Mapping[str, Any]

_VARIABLE = re.compile(r"<([A-Za-z0-9_.\-]+)>")


class MissingError(Exception):
    """A JSONPath finds nothing in the event."""


def target_input(target: Mapping[str, Any], event: Event, reserved: Mapping[str, Any]) -> str:
    """
    The text a target gets.

    reserved: values of the variables that EventBridge itself defines, such as `aws.events.rule-arn`
    raises MissingError: where `InputPath` finds nothing
    raises ValueError: where a template of JSON gives something else
    """
    if "Input" in target:
        return str(target["Input"])
    if "InputPath" in target:
        return json.dumps(value_at(event, target["InputPath"]))
    if "InputTransformer" in target:
        transformer = target["InputTransformer"]
        variables = dict(_variables(transformer.get("InputPathsMap") or {}, event))
        return transform(transformer["InputTemplate"], {**variables, **reserved})
    return json.dumps(event)


def transform(template: str, variables: Mapping[str, Any]) -> str:
    """
    Fills in a template. A variable inside quotes becomes text, unescaped; outside them, a JSON value. One that the
    event has no value for becomes empty text. Quotes of a template that is plain text are part of what is delivered.

    raises ValueError: where the template is a JSON object and the result is not
    """
    pieces: list[str] = []
    end = 0
    for found in _VARIABLE.finditer(template):
        value = variables.get(found[1], "")
        quoted = _ends_in_string(template[: found.start()])
        pieces += [template[end : found.start()], _as_text(value) if quoted else json.dumps(value)]
        end = found.end()
    result = "".join([*pieces, template[end:]])
    if template.lstrip().startswith("{"):
        json.loads(result)
    return result


def value_at(event: Event, path: str) -> Any:
    """
    The value a JSONPath points at; a list, where it has wildcards.

    raises MissingError: where there is none
    """
    found = [match.value for match in parse(path).find(event)]
    if not found:
        raise MissingError(path)
    return found if "*" in path else found[0]


def _variables(paths: Mapping[str, str], event: Event) -> Iterator[tuple[str, Any]]:
    for name, path in paths.items():
        try:
            yield name, value_at(event, path)
        except MissingError:
            continue


def _ends_in_string(text: str) -> bool:
    return len(re.sub(r"\\.", "", text).split('"')) % 2 == 0


def _as_text(value: Any) -> str:
    """Objects and lists lose their quotes inside a string, as in EventBridge."""
    return value if isinstance(value, str) else json.dumps(value).replace('"', "")
