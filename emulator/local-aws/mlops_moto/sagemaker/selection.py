"""
Executions of some of a pipeline's steps, which take what the others gave from an earlier execution.
https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-selective-ex.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.sagemaker.exceptions import ValidationError

from . import runs
from .definitions import Layout, layout_of
from .runs import Run


@dataclass(frozen=True)
class Selection:
    """`steps`: those that run; `reused`: steps whose outcome is taken from `source`"""

    steps: list[str]
    source: Run | None = None
    reused: list[str] = field(default_factory=list)


def selection(definition: str, pipeline_arn: str, config: Mapping[str, Any]) -> Selection:
    """raises ValidationError: where AWS refuses it, or the earlier execution has not what is needed of it"""
    layout = layout_of(json.loads(definition)["Steps"])
    selected = list(dict.fromkeys(each["StepName"] for each in config["SelectedSteps"]))
    unknown = [name for name in selected if name not in layout]
    if unknown:
        raise ValidationError(f"The pipeline has no steps {_listed(unknown)}")
    _refuse_gaps(layout, selected)
    needed = list(dict.fromkeys(name for step in selected for name in layout[step].waits_for if name not in selected))
    arn = config.get("SourcePipelineExecutionArn")
    if not needed:
        return Selection(selected)
    refused = f"Invalid SourcePipelineExecutionArn: {arn or 'null'}."
    if not arn:
        # https://github.com/aws/sagemaker-python-sdk/issues/4444
        raise ValidationError(
            f"{refused} The selected steps {_listed(selected)} have dependencies on {_listed(needed)}"
        )
    source = runs.find(arn)
    if source is None or source.pipeline.arn != pipeline_arn:
        raise ValidationError(f"{refused} It is no execution of this pipeline")
    if not source.finished:
        raise ValidationError(f"{refused} Its status is {source.status}")
    _refuse_missing(layout, selected, needed, source, refused)
    return Selection(selected, source, needed)


def _refuse_gaps(layout: Layout, selected: list[str]) -> None:
    """https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SelectiveExecutionConfig.html"""
    before: dict[str, set[str]] = {}
    for name in layout:
        _collect_before(layout, name, before)
    between = [
        name
        for name in layout
        if name not in selected and before[name] & set(selected) and any(name in before[later] for later in selected)
    ]
    if between:
        raise ValidationError(
            "All step(s) in all path(s) between two selected steps should be included: "
            f"{_listed(between)} are between those of {_listed(selected)}"
        )


def _collect_before(layout: Layout, name: str, known: dict[str, set[str]]) -> set[str]:
    """Names of all that a step waits for, by way of others too."""
    if name not in known:
        direct = layout[name].waits_for
        known[name] = {*direct, *(each for other in direct for each in _collect_before(layout, other, known))}
    return known[name]


def _refuse_missing(layout: Layout, selected: list[str], needed: list[str], source: Run, refused: str) -> None:
    without = [name for name in needed if name not in source.results]
    if without:
        raise ValidationError(f"{refused} Its steps {_listed(without)} have not succeeded")
    for name in selected:
        condition = layout[name].condition
        if condition in needed and source.results[condition].get("branch") != layout[name].branch:
            raise ValidationError(f"{refused} Its step {condition} did not take the branch of {name}")


def _listed(names: list[str]) -> str:
    return f"[{', '.join(names)}]"
