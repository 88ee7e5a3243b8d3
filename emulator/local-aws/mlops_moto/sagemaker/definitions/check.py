"""A whole definition: its frame, its parameters, its steps."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from moto.sagemaker.exceptions import ValidationError

from .arguments import Arguments
from .comparisons import look_at_comparisons
from .definition_error import DefinitionError, expect_array, expect_object
from .layout import PlacedStep, layout_of, refuse_circle
from .operations import arguments_of
from .own_keys import check_own_keys, refuse_unknown
from .parameters import declared_parameters
from .references import References, expressions_in
from .supported import Unsupported, look_at

_VERSIONS = ("2020-12-01",)
_KEYS = ("Version", "Metadata", "Parameters", "PipelineExperimentConfig", "MlflowConfig", "Steps")


def check_definition(text: str) -> None:
    """raises ValidationError: with the first thing that SageMaker would refuse"""
    _checked(text)


def refuse_unsupported(text: str, steps: Collection[str] | None) -> None:
    """
    steps: those that will run; None for all
    raises ValidationError: with everything that SageMaker would run and the runner of local AWS cannot
    """
    told = _checked(text).told_of(steps)
    if told:
        raise ValidationError(f"Local AWS cannot run this pipeline: {'; '.join(told)}")


def _checked(text: str) -> Unsupported:
    try:
        return _check(_read(text))
    except DefinitionError as problem:
        raise ValidationError(f"{problem.begins}{problem}") from problem


def _read(text: str) -> dict[str, Any]:
    try:
        return expect_object(json.loads(text, parse_constant=_no_number), "the definition")
    except ValueError as error:
        raise DefinitionError(f"It is not JSON: {error}") from error


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _check(definition: dict[str, Any]) -> Unsupported:
    if definition.get("Version") not in _VERSIONS:
        raise DefinitionError(f"Unknown version: {definition.get('Version')!r}")
    refuse_unknown(definition, _KEYS, "the definition")
    parameters = declared_parameters(definition.get("Parameters", []))
    if not expect_array(definition.get("Steps"), "Steps"):
        raise DefinitionError("A pipeline must have at least one step")
    layout = layout_of(definition["Steps"])
    unsupported = Unsupported()
    references = References(parameters, {name: step.definition for name, step in layout.items()}, unsupported)
    for expression in expressions_in(definition.get("PipelineExperimentConfig")):
        references.type_of(expression, "PipelineExperimentConfig")
    if definition.get("MlflowConfig") is not None:
        unsupported.add("MlflowConfig", "MlflowConfig must be null for the runner, which has no MLflow")
    for step in layout.values():
        look_at(step, unsupported)
        _step(step, references, unsupported)
    refuse_circle(layout)
    return unsupported


def _step(step: PlacedStep, references: References, unsupported: Unsupported) -> None:
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
        look_at_comparisons(step, references.type_of, unsupported)
