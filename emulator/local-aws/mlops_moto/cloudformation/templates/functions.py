"""
Intrinsic functions, evaluated over what is known by then.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import TemplateError
from .references import attribute_of, function_of, parts_of_sub, variables

NO_VALUE = object()
"""What `AWS::NoValue` gives: whatever has it is left out."""


@dataclass(frozen=True)
class Scope:
    """
    names: parameters and pseudo parameters
    conditions: whether they hold
    ref, attribute: of resources, by logical id
    """

    names: Mapping[str, Any]
    mappings: Mapping[str, Any]
    conditions: Mapping[str, bool]
    ref: Callable[[str], Any]
    attribute: Callable[[str, str], Any]


def evaluate(value: Any, scope: Scope) -> Any:
    """raises TemplateError: where a function is not given what it takes"""
    if isinstance(value, list):
        return [each for part in value if (each := evaluate(part, scope)) is not NO_VALUE]
    if not isinstance(value, dict):
        return value
    called = function_of(value)
    if called:
        name, argument = called
        return _FUNCTIONS[name](argument, scope)
    evaluated = {name: evaluate(part, scope) for name, part in value.items()}
    return {name: part for name, part in evaluated.items() if part is not NO_VALUE}


def chosen(value: Any, conditions: Mapping[str, bool]) -> Any:
    """With `Fn::If` replaced by what it chooses."""
    if isinstance(value, list):
        return [chosen(part, conditions) for part in value]
    called = function_of(value)
    if called and called[0] == "Fn::If":
        condition, yes, no = _arguments("Fn::If", called[1], 3)
        return chosen(yes if conditions.get(str(condition)) else no, conditions)
    return {name: chosen(part, conditions) for name, part in value.items()} if isinstance(value, dict) else value


def holds(condition: Any, scope: Scope, find: Callable[[str], bool]) -> bool:
    """
    A condition's own functions.

    find: whether the condition of a name holds
    """
    if isinstance(condition, dict) and set(condition) == {"Condition"}:
        return find(str(condition["Condition"]))
    name, argument = function_of(condition) or ("", None)
    if name == "Fn::Equals":
        left, right = _arguments(name, argument, 2)
        return as_text(evaluate(left, scope)) == as_text(evaluate(right, scope))
    if name in ("Fn::And", "Fn::Or") and isinstance(argument, list) and 2 <= len(argument) <= 10:
        each = [holds(part, scope, find) for part in argument]
        return all(each) if name == "Fn::And" else any(each)
    if name == "Fn::Not":
        (only,) = _arguments(name, argument, 1)
        return not holds(only, scope, find)
    raise TemplateError(f"Template format error: a condition must be a function of conditions, got: {condition}")


def as_text(value: Any) -> str:
    """As CloudFormation turns scalars into text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _arguments(name: str, argument: Any, count: int) -> list[Any]:
    if not isinstance(argument, list) or len(argument) != count:
        raise TemplateError(f"Template error: {name} takes a list of {count}, got: {argument}")
    return argument


def _ref(argument: Any, scope: Scope) -> Any:
    name = str(argument)
    if name == "AWS::NoValue":
        return NO_VALUE
    return scope.names[name] if name in scope.names else scope.ref(name)


def _get_att(argument: Any, scope: Scope) -> Any:
    reference = attribute_of(argument)
    return scope.attribute(reference.name, str(reference.attribute))


def _sub(argument: Any, scope: Scope) -> str:
    text, own = parts_of_sub(argument)

    def value(name: str) -> str:
        if name in own:
            return as_text(evaluate(own[name], scope))
        found = _get_att(name, scope) if "." in name and name not in scope.names else _ref(name, scope)
        return ",".join(found) if isinstance(found, list) else as_text(found)

    return variables().sub(lambda found: value(found[1].strip()), text).replace("${!", "${")


def _join(argument: Any, scope: Scope) -> str:
    delimiter, parts = _arguments("Fn::Join", argument, 2)
    values = evaluate(parts, scope)
    if not isinstance(values, list):
        raise TemplateError(f"Template error: every Fn::Join object requires a list of strings, got: {values}")
    return str(delimiter).join(map(as_text, values))


def _select(argument: Any, scope: Scope) -> Any:
    index, of = _arguments("Fn::Select", argument, 2)
    values, at = evaluate(of, scope), int(evaluate(index, scope))
    if not isinstance(values, list) or not 0 <= at < len(values):
        raise TemplateError(f"Template error: Fn::Select cannot select nonexistent value at index {at}")
    return values[at]


def _split(argument: Any, scope: Scope) -> list[str]:
    delimiter, of = _arguments("Fn::Split", argument, 2)
    return str(evaluate(of, scope)).split(str(delimiter))


def _find_in_map(argument: Any, scope: Scope) -> Any:
    path = [str(evaluate(part, scope)) for part in _arguments("Fn::FindInMap", argument, 3)]
    found: Any = scope.mappings
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            raise TemplateError(f"Template error: Unable to get mapping for {'::'.join(path)}")
        found = found[name]
    return found


def _if(argument: Any, scope: Scope) -> Any:
    condition, yes, no = _arguments("Fn::If", argument, 3)
    return evaluate(yes if scope.conditions[str(condition)] else no, scope)


def _base64(argument: Any, scope: Scope) -> str:
    return base64.b64encode(as_text(evaluate(argument, scope)).encode()).decode()


_FUNCTIONS: Mapping[str, Callable[[Any, Scope], Any]] = {
    "Fn::Base64": _base64,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Ref": _ref,
}

FUNCTIONS = frozenset(_FUNCTIONS)
