"""
What the pipeline runner of local AWS cannot do, by the table that it goes by itself (`emulator/runner/supported.json`).
Such a pipeline is made, as on AWS; its execution is refused when somebody starts it, not when its step's turn comes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from .arguments import is_expression
from .layout import PlacedStep

_TABLE = json.loads((Path(__file__).parents[4] / "runner/supported.json").read_text())
# A quality check is a processing job too, and tuning launches training jobs.
_KINDS = {
    "QualityCheck": {"Processing": "", "QualityCheck": ""},
    "Tuning": {"Tuning": "", "Training": "TrainingJobDefinition."},
}

VARIABLES: frozenset[str] = frozenset(_TABLE["variables"])


class Unsupported:
    """What the steps of one definition ask for that the runner has not."""

    def __init__(self) -> None:
        self._told: list[tuple[str, str]] = []

    def add(self, where: str, told: str) -> None:
        """where: begins with the name of a step, unless it is all of the pipeline's"""
        self._told.append((where.split(".")[0], told))

    def told_of(self, steps: Collection[str] | None) -> list[str]:
        """Each once; of some steps only, if they are named."""
        outside = ("PipelineExperimentConfig", "MlflowConfig")
        return list(
            dict.fromkeys(told for name, told in self._told if steps is None or name in steps or name in outside)
        )


def look_at(step: PlacedStep, unsupported: Unsupported) -> None:
    """Its kind, and arguments that may have some values alone."""
    name, kinds = step.definition["Name"], _TABLE["kinds"]
    if step.kind not in kinds:
        unsupported.add(name, f"step {name} is of kind {step.kind}; the runner has {', '.join(kinds)}")
    for path, possible in _rules_of(step.kind):
        if _is_decided(path, step.definition["Arguments"]):
            continue
        for value in _values(step.definition["Arguments"], path.split(".")):
            if not is_expression(value) and not any(_is_like(each, value) for each in possible):
                must = f"must be {' or '.join(possible)}" if possible else "must not be given"
                got = json.dumps(value)[:100]
                unsupported.add(name, f"step {name}: {path} {must} for the runner, got: {got}")


def _rules_of(kind: str) -> list[tuple[str, list[str]]]:
    """Paths, and the values that may stand there."""
    return [
        (place + path, possible)
        for each, place in _KINDS.get(kind, {kind: ""}).items()
        for path, possible in _TABLE["arguments"].get(each, {}).items()
    ]


def _is_decided(path: str, step: Any) -> bool:
    """Whether a script of somebody's own decides it, which the step has."""
    scripts = _TABLE["scripts"]
    return path.endswith(tuple(scripts["decide"])) and any(
        next(_values(step, each.split(".")), None) is not None for each in scripts["given"]
    )


def _is_like(possible: str, value: Any) -> bool:
    """`text/csv*` is how a text may begin, `$[COLUMNS]` the name of a pattern"""
    if possible in _TABLE["patterns"]:
        return bool(re.fullmatch(_TABLE["patterns"][possible], str(value)))
    if possible.endswith("*"):
        return str(value).startswith(possible.removesuffix("*"))
    return bool(value == possible)


def _values(value: Any, keys: list[str]) -> Iterator[Any]:
    """What is given at a path, in each item of a list where a key ends with `[]`."""
    if not keys:
        yield value
        return
    if is_expression(value) or not isinstance(value, dict):
        return
    inner = value.get(keys[0].removesuffix("[]"))
    items = inner if keys[0].endswith("[]") and isinstance(inner, list) else [inner]
    for each in items:
        if each is not None:
            yield from _values(each, keys[1:])


def has_property(step: dict[str, Any], keys: list[str]) -> bool:
    """
    Whether the runner knows a property: of the step's request, or of what it adds to a description of its kind. A kind
    that it has not is told of by itself.
    """
    own: dict[str, list[str]] = _TABLE["properties"]
    if step["Type"] not in _TABLE["kinds"]:
        return True
    return bool(keys) and (keys[0] in own.get(step["Type"], ()) or _is_given(step["Arguments"], keys))


def _is_given(value: Any, keys: list[str]) -> bool:
    if not keys or is_expression(value):
        return value is not None
    if isinstance(value, list):
        return _is_given(next((each for at, each in enumerate(value) if _is_called(each, at, keys[0])), None), keys[1:])
    return isinstance(value, dict) and _is_given(value.get(keys[0]), keys[1:])


def _is_called(item: Any, at: int, key: str) -> bool:
    """Items of lists go by their place, or by their name: `ProcessingOutputConfig.Outputs['train']`."""
    if re.fullmatch(r"\d+", key):
        return int(key) == at
    names = ("OutputName", "InputName", "ChannelName", "MetricName")
    return isinstance(item, dict) and key in [item.get(name) for name in names]
