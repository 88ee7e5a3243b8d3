"""A whole definition: its frame, its parameters, its steps."""

from __future__ import annotations

import json
from typing import Any

from moto.sagemaker.exceptions import ValidationError

from .arguments import Arguments
from .comparisons import check_comparisons
from .definition_error import DefinitionError, expect_array, expect_object
from .layout import PlacedStep, layout_of, refuse_circle
from .operations import arguments_of
from .own_keys import check_own_keys, refuse_unknown
from .parameters import declared_parameters
from .references import References, expressions_in
from .supported import check_arguments, check_kind

_VERSIONS = ("2020-12-01",)
_KEYS = ("Version", "Metadata", "Parameters", "PipelineExperimentConfig", "Steps")


def check_definition(text: str) -> None:
    """raises ValidationError: with the first thing that SageMaker would refuse"""
    try:
        _check(_read(text))
    except DefinitionError as problem:
        raise ValidationError(f"{problem.begins}{problem}") from problem


def _read(text: str) -> dict[str, Any]:
    try:
        return expect_object(json.loads(text, parse_constant=_no_number), "the definition")
    except ValueError as error:
        raise DefinitionError(f"It is not JSON: {error}") from error


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _check(definition: dict[str, Any]) -> None:
    if definition.get("Version") not in _VERSIONS:
        raise DefinitionError(f"Unknown version: {definition.get('Version')!r}")
    refuse_unknown(definition, _KEYS, "the definition")
    parameters = declared_parameters(definition.get("Parameters", []))
    if not expect_array(definition.get("Steps"), "Steps"):
        raise DefinitionError("A pipeline must have at least one step")
    layout = layout_of(definition["Steps"])
    for step in layout.values():
        check_kind(step)
    references = References(parameters, {name: step.definition for name, step in layout.items()})
    for expression in expressions_in(definition.get("PipelineExperimentConfig")):
        references.type_of(expression, "PipelineExperimentConfig")
    for step in layout.values():
        _step(step, references)
    refuse_circle(layout)
    for step in layout.values():
        check_arguments(step)


def _step(step: PlacedStep, references: References) -> None:
    name = step.definition["Name"]
    check_own_keys(step.definition)
    shape = arguments_of(step.kind)
    if shape:
        arguments = step.definition["Arguments"]
        Arguments(references.type_of).check(arguments, shape, f"{name}.Arguments")
    own = {key: value for key, value in step.content.items() if key != "Arguments" or not shape}
    for expression in expressions_in(own):
        references.type_of(expression, name)
    if step.kind == "Condition":
        check_comparisons(step, references.type_of)
