"""
What is wrong with a template before anybody gives it values, in CloudFormation's words; what local AWS lacks, by name.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .. import resources
from . import parameters
from .errors import TemplateError
from .functions import FUNCTIONS
from .order import in_order
from .references import function_of, functions_in, references_in

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
}
_LACKING_SECTIONS = {"Hooks", "Transform"}
_ATTRIBUTES = {
    "Condition",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdateReplacePolicy",
}
_LACKING_ATTRIBUTES = {"CreationPolicy", "UpdatePolicy"}
_POLICIES = {"Delete", "Retain", "RetainExceptOnCreate"}
_PSEUDO = {
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
}
_OF_CONDITIONS = {"Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"}


def require_sound(document: Mapping[str, Any]) -> None:
    """raises TemplateError: with the first kind of problem, and everything that has it"""
    for check in (_sections, _resources, _types, _parameters, _functions, _references, _conditions, _properties):
        problems = list(check(document))
        if problems:
            raise TemplateError("; ".join(problems))
    in_order({name: _after(each, document) for name, each in document["Resources"].items()})


def _sections(document: Mapping[str, Any]) -> Iterator[str]:
    unknown = sorted(set(document) - _SECTIONS - _LACKING_SECTIONS)
    if unknown:
        yield f"Invalid template property or properties [{', '.join(unknown)}]"
    for name in sorted(_LACKING_SECTIONS & set(document)):
        yield f"Local AWS has no section {name} of templates"
    for name in _SECTIONS - {"AWSTemplateFormatVersion", "Description"}:
        if not isinstance(document.get(name) or {}, dict):
            yield f"Template format error: {name} must be an object"
    if not document.get("Resources"):
        yield "Template format error: At least one Resources member must be defined."


def _resources(document: Mapping[str, Any]) -> Iterator[str]:
    for name, given in document["Resources"].items():
        if not name.isalnum():
            yield f"Template format error: Resource name {name} is non alphanumeric."
        if not isinstance(given, dict) or not isinstance(given.get("Type"), str):
            yield f"Template format error: [/Resources/{name}] Every Resources object must contain a Type member."
            continue
        for attribute in sorted(set(given) - _ATTRIBUTES):
            lacking = attribute in _LACKING_ATTRIBUTES
            yield (
                f"Local AWS has no {attribute} of resources: {name}"
                if lacking
                else (f"Invalid template resource property '{attribute}'")
            )
        for attribute in ("DeletionPolicy", "UpdateReplacePolicy"):
            if given.get(attribute, "Delete") not in _POLICIES:
                yield f"Template format error: Unrecognized {attribute} {given[attribute]} for resource {name}"


def _types(document: Mapping[str, Any]) -> Iterator[str]:
    given = sorted({each["Type"] for each in document["Resources"].values()})
    unknown = [each for each in given if not resources.exists(each)]
    if unknown:
        yield f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]"
    lacking = [each for each in given if resources.exists(each) and not resources.find(each)]
    if lacking:
        yield f"Local AWS does not make resources of these types: [{', '.join(lacking)}]"


def _parameters(document: Mapping[str, Any]) -> Iterator[str]:
    for name, given in (document.get("Parameters") or {}).items():
        problem = parameters.problem_with(name, given)
        if problem:
            yield problem


def _functions(document: Mapping[str, Any]) -> Iterator[str]:
    parts = [document["Resources"], document.get("Outputs") or {}]
    for name in sorted({name for part in parts for name, _ in functions_in(part)} - FUNCTIONS):
        yield f"Local AWS has no function {name} of templates"
    if "{{resolve:" in str(document["Resources"]):
        yield "Local AWS has no dynamic references ({{resolve:…}})"
    for name, each in (document.get("Outputs") or {}).items():
        if not isinstance(each, dict) or "Value" not in each:
            yield f"Template format error: Every Outputs member must contain a Value object: {name}"
        elif "Export" in each:
            yield f"Local AWS has no exports: {name}"


def _references(document: Mapping[str, Any]) -> Iterator[str]:
    declared = document["Resources"]
    known = {*declared, *(document.get("Parameters") or {}), *_PSEUDO}
    for block in ("Resources", "Outputs"):
        referred = list(references_in(document.get(block) or {}))
        waits = [other for each in declared.values() for other in _waits(each)] if block == "Resources" else []
        absent = sorted({each.name for each in referred if each.name not in known} | set(waits) - set(declared))
        if absent:
            yield (
                f"Template format error: Unresolved resource dependencies [{', '.join(absent)}] in the {block} block "
                "of the template"
            )
        for each in referred:
            if each.name in declared and each.attribute is not None:
                allowed = resources.attributes_of(declared[each.name]["Type"])
                if allowed is not None and each.attribute not in allowed:
                    yield (
                        f"Template error: resource {each.name} does not support attribute type {each.attribute} in "
                        "Fn::GetAtt"
                    )


def _conditions(document: Mapping[str, Any]) -> Iterator[str]:
    declared = document.get("Conditions") or {}
    after = {name: set(_named_in(each)) for name, each in declared.items()}
    used = {str(each["Condition"]) for each in document["Resources"].values() if "Condition" in each}
    used |= {str(each["Condition"]) for each in (document.get("Outputs") or {}).values() if "Condition" in each}
    for block in ("Resources", "Outputs"):
        calls = functions_in(document.get(block) or {})
        used |= {str(argument[0]) for name, argument in calls if name == "Fn::If" and argument}
    absent = sorted((used | {each for others in after.values() for each in others}) - set(declared))
    if absent:
        yield f"Template format error: Unresolved condition dependency [{', '.join(absent)}]"
    else:
        in_order(after)


def _properties(document: Mapping[str, Any]) -> Iterator[str]:
    for name, given in document["Resources"].items():
        lacking = resources.unsettable(given["Type"], given.get("Properties") or {})
        if lacking:
            yield f"Local AWS cannot set {', '.join(lacking)} of {given['Type']} ({name})"


def _named_in(condition: Any) -> Iterator[str]:
    if isinstance(condition, dict) and set(condition) == {"Condition"}:
        yield str(condition["Condition"])
        return
    name, argument = function_of(condition) or ("", None)
    if name in _OF_CONDITIONS and isinstance(argument, list):
        for part in argument:
            yield from _named_in(part)


def _waits(resource: Mapping[str, Any]) -> list[str]:
    waits = resource.get("DependsOn") or []
    return [waits] if isinstance(waits, str) else list(waits)


def _after(resource: Mapping[str, Any], document: Mapping[str, Any]) -> set[str]:
    referred = {each.name for each in references_in(resource.get("Properties") or {})}
    return (referred | set(_waits(resource))) & set(document["Resources"])
