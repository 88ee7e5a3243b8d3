"""
Rules: assertions about parameters, held before anything is made, by functions of their own alone.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import TemplateError
from .functions import as_text
from .parameters import Declared, typed
from .references import function_of


@dataclass(frozen=True)
class _Given:
    declared: Mapping[str, Declared]
    values: Mapping[str, str]

    def of(self, name: str) -> Any:
        if name not in self.values:
            raise TemplateError(f"Template format error: Unresolved dependencies [{name}] in the Rules block")
        return typed(self.declared[name], self.values[name])


def require(rules: Mapping[str, Any], declared: Mapping[str, Declared], values: Mapping[str, str]) -> None:
    """raises TemplateError: with what every assertion that does not hold says of itself"""
    given = _Given(declared, values)
    broken = [said for name, rule in rules.items() for said in _broken(name, rule, given)]
    if broken:
        raise TemplateError(f"Template constraint violations: [{'; '.join(broken)}]")


def _broken(name: str, rule: Any, given: _Given) -> Iterator[str]:
    if not isinstance(rule, dict) or not isinstance(rule.get("Assertions"), list):
        raise TemplateError(f"Template format error: Rule {name} must have Assertions, a list")
    if "RuleCondition" in rule and not _holds(rule["RuleCondition"], given):
        return
    for assertion in rule["Assertions"]:
        if not isinstance(assertion, dict) or "Assert" not in assertion:
            raise TemplateError(f"Template format error: Every assertion of rule {name} must have an Assert")
        if not _holds(assertion["Assert"], given):
            yield str(assertion.get("AssertDescription") or f"rule {name}")


def _holds(value: Any, given: _Given) -> bool:
    name, argument = function_of(value) or ("", None)
    if name == "Fn::Not" and isinstance(argument, list) and len(argument) == 1:
        return not _holds(argument[0], given)
    if name in ("Fn::And", "Fn::Or") and isinstance(argument, list):
        each = [_holds(part, given) for part in argument]
        return all(each) if name == "Fn::And" else any(each)
    if name in _COMPARED and isinstance(argument, list) and len(argument) == 2:
        left, right = (_value(part, given) for part in argument)
        return bool(_COMPARED[name](left, right))
    raise TemplateError(f"Template format error: no function of rules that is true or false: {value}")


def _value(value: Any, given: _Given) -> Any:
    called = function_of(value)
    if called is None:
        return list(map(as_text, value)) if isinstance(value, list) else as_text(value)
    name, argument = called
    if name == "Ref":
        return given.of(str(argument))
    if name == "Fn::RefAll":
        return [given.of(each) for each in _of_type(str(argument), given)]
    raise TemplateError(f"Template format error: local AWS has no {name} in Rules")


def _of_type(kind: str, given: _Given) -> list[str]:
    return [name for name, each in given.declared.items() if each["Type"] == kind]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_COMPARED = {
    "Fn::Contains": lambda values, value: value in _list(values),
    "Fn::EachMemberEquals": lambda values, value: all(each == value for each in _list(values)),
    "Fn::EachMemberIn": lambda values, others: set(_list(values)) <= set(_list(others)),
    "Fn::Equals": lambda left, right: left == right,
}
