"""A template that was checked, and what it becomes with values of its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import parameters, rules
from .checks import require_sound
from .errors import TemplateError
from .functions import Scope, chosen, holds
from .order import in_order
from .reading import parse
from .references import references_in

KEEP = ("Retain", "RetainExceptOnCreate")


@dataclass(frozen=True)
class Declaration:
    """A resource as the template has it, with every `Fn::If` decided."""

    name: str
    type: str
    properties: Mapping[str, Any]
    after: frozenset[str]
    """Resources that must be there before."""

    deletion_policy: str = "Delete"
    replace_policy: str = "Delete"
    metadata: Any = None


@dataclass(frozen=True)
class Pseudo:
    """What `AWS::…` stands for."""

    account: str
    region: str
    stack_name: str
    stack_id: str

    @property
    def names(self) -> dict[str, Any]:
        return {
            "AWS::AccountId": self.account,
            "AWS::NotificationARNs": [],
            "AWS::Partition": "aws",
            "AWS::Region": self.region,
            "AWS::StackId": self.stack_id,
            "AWS::StackName": self.stack_name,
            "AWS::URLSuffix": "amazonaws.com",
        }


@dataclass(frozen=True)
class Template:
    text: str
    document: Mapping[str, Any]

    @classmethod
    def of(cls, text: str) -> "Template":
        """raises TemplateError: where CloudFormation, or local AWS, would not take it"""
        document = parse(text)
        require_sound(document)
        return cls(text, document)

    @property
    def declared(self) -> Mapping[str, parameters.Declared]:
        return self._section("Parameters")

    @property
    def description(self) -> str | None:
        return self.document.get("Description")

    @cached_property
    def types(self) -> list[str]:
        return sorted({str(each["Type"]) for each in self.document["Resources"].values()})

    def capabilities(self) -> list[str]:
        """That whoever makes the stack must acknowledge: roles, and roles with names."""
        roles = [each for each in self.document["Resources"].values() if each["Type"] == "AWS::IAM::Role"]
        if not roles:
            return []
        named = any("RoleName" in (each.get("Properties") or {}) for each in roles)
        return ["CAPABILITY_NAMED_IAM" if named else "CAPABILITY_IAM"]

    def with_values(self, given: Mapping[str, str], pseudo: Pseudo) -> "Filled":
        """raises TemplateError: where a value is not within its constraints, or a rule does not hold"""
        values = parameters.values_of(self.declared, given)
        rules.require(self._section("Rules"), self.declared, values)
        return Filled(self, values, pseudo)

    def _section(self, name: str) -> Mapping[str, Any]:
        return self.document.get(name) or {}


@dataclass(frozen=True)
class Filled:
    """A template with values of its parameters."""

    template: Template
    values: Mapping[str, str]
    pseudo: Pseudo

    @cached_property
    def names(self) -> Mapping[str, Any]:
        typed = {name: parameters.typed(self.template.declared[name], value) for name, value in self.values.items()}
        return {**self.pseudo.names, **typed}

    @cached_property
    def conditions(self) -> Mapping[str, bool]:
        declared, known = self.template._section("Conditions"), dict[str, bool]()
        scope = self.scope(_no_resource, lambda name, _attribute: _no_resource(name), known)

        def find(name: str) -> bool:
            if name not in known:
                known[name] = holds(declared[name], scope, find)
            return known[name]

        return {name: find(name) for name in declared}

    def scope(self, ref: Any, attribute: Any, conditions: Mapping[str, bool] | None = None) -> Scope:
        mappings = self.template._section("Mappings")
        return Scope(self.names, mappings, self.conditions if conditions is None else conditions, ref, attribute)

    @cached_property
    def resources(self) -> Mapping[str, Declaration]:
        """
        Those whose condition holds, in the order in which they can be made.

        raises TemplateError: where one refers to a resource that is not made
        """
        made = {name: each for name, each in self.template.document["Resources"].items() if self._holds(each)}
        found = {name: self._declaration(name, each, made) for name, each in made.items()}
        return {name: found[name] for name in in_order({name: each.after for name, each in found.items()})}

    @cached_property
    def outputs(self) -> Mapping[str, Mapping[str, Any]]:
        declared = self.template._section("Outputs")
        return {name: chosen(each, self.conditions) for name, each in declared.items() if self._holds(each)}

    def _holds(self, part: Mapping[str, Any]) -> bool:
        return "Condition" not in part or self.conditions[str(part["Condition"])]

    def _declaration(self, name: str, given: Mapping[str, Any], made: Mapping[str, Any]) -> Declaration:
        properties = chosen(given.get("Properties") or {}, self.conditions)
        referred = {each.name for each in references_in(properties)} - set(self.names) - {"AWS::NoValue"}
        absent = sorted(referred - set(made))
        if absent:
            raise TemplateError(
                f"Template format error: Unresolved resource dependencies [{', '.join(absent)}] in the Resources block "
                "of the template"
            )
        waits = given.get("DependsOn") or []
        after = referred | (set([waits] if isinstance(waits, str) else waits) & set(made))
        return Declaration(
            name,
            str(given["Type"]),
            properties,
            frozenset(after),
            given.get("DeletionPolicy", "Delete"),
            given.get("UpdateReplacePolicy", "Delete"),
            given.get("Metadata"),
        )


def _no_resource(name: str) -> Any:
    raise TemplateError(f"Template format error: Unresolved dependencies [{name}]. Cannot reference resources here")
