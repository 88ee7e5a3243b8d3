"""The steps of a definition, those in the branches of conditions too, and what each waits for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .definition_error import DefinitionError, expect_array, expect_object
from .operations import OPERATIONS

# https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
_NAME = re.compile(r"[A-Za-z0-9\-_]{1,64}")
_STEP = re.compile(r"Steps\.([A-Za-z0-9\-_]+)")
BRANCHES = {"IfSteps": "if", "ElseSteps": "else"}


@dataclass(frozen=True)
class PlacedStep:
    """`condition`: the one in whose `branch` (`if`, `else`) it is"""

    definition: dict[str, Any]
    condition: str | None
    branch: str | None

    @property
    def kind(self) -> str:
        return str(self.definition["Type"])

    @property
    def content(self) -> dict[str, Any]:
        """All of it but the steps in its branches."""
        if self.kind != "Condition":
            return self.definition
        arguments = {name: value for name, value in self.definition["Arguments"].items() if name not in BRANCHES}
        return {**self.definition, "Arguments": arguments}

    @property
    def waits_for(self) -> list[str]:
        """Names of steps, each once."""
        named = [*self.definition.get("DependsOn", []), *_steps_in(self.content)]
        return list(dict.fromkeys([*([self.condition] if self.condition else []), *named]))


Layout = Mapping[str, PlacedStep]
"""By name."""


def layout_of(steps: object) -> Layout:
    """raises DefinitionError: for a name that is none or there twice, an unknown kind, or a step that waits for none"""
    named: dict[str, PlacedStep] = {}
    for step in _placed(steps, "Steps", None, None):
        name = step.definition["Name"]
        if name in named:
            raise DefinitionError(f"Step names must be unique, got '{name}' twice")
        named[name] = step
    for name, step in named.items():
        for other in step.definition.get("DependsOn") or []:
            if other not in named:
                raise DefinitionError(f"Unknown step '{other}' ({name}.DependsOn)")
    return named


def refuse_circle(layout: Layout) -> None:
    """raises DefinitionError: as AWS's SDK words it (`PipelineGraph` in `workflow/pipeline.py`), with the way"""
    settled: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = " → ".join((*way[way.index(name) :], name))
            raise DefinitionError(f"Cycle detected in pipeline step graph. ({circle})")
        if name not in settled and name in layout:
            for other in layout[name].waits_for:
                visit(other, (*way, name))
            settled.add(name)

    for name in layout:
        visit(name, ())


def _placed(steps: object, where: str, condition: str | None, branch: str | None) -> Iterator[PlacedStep]:
    for each in expect_array(steps, where):
        step: dict[str, Any] = expect_object(each, where)
        name, kind = step.get("Name"), step.get("Type")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise DefinitionError(f"Step names must be 1 to 64 letters, digits, - and _, got {name!r} ({where})")
        if kind not in OPERATIONS:
            raise DefinitionError(f"Unknown type of step {name}: {kind!r}")
        step = {**step, "DependsOn": expect_array(step.get("DependsOn") or [], f"{name}.DependsOn")}
        step["Arguments"] = expect_object(step.get("Arguments") or {}, f"{name}.Arguments")
        yield PlacedStep(step, condition, branch)
        if kind == "Condition":
            for key, side in BRANCHES.items():
                yield from _placed(step["Arguments"].get(key) or [], f"{name}.Arguments.{key}", name, side)


def _steps_in(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _steps_in(each)
    elif isinstance(value, dict):
        path = value.get("Get")
        match = _STEP.match(path) if isinstance(path, str) else None
        if match:
            yield match[1]
        for each in value.values():
            yield from _steps_in(each)
