"""The environment variables of a monitoring job.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_monitor.job import JobError

SCRIPTS = ("record_preprocessor_script", "post_analytics_processor_script")


@dataclass(frozen=True)
class Settings:
    """One job. `variables` holds the whole environment, for what only one analysis asks for."""

    source: Path
    header: bool
    output: Path
    publish_metrics: bool
    baseline_statistics: Path | None
    baseline_constraints: Path | None
    analysis_type: str
    variables: Mapping[str, str]


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Raises JobError for a missing or malformed variable, and for what the analyzer has and this one lacks."""
    variables = {name: value for name, value in environment.items() if value}
    for name in SCRIPTS:
        if name in variables:
            raise JobError(f"{name} is not supported on this machine, got: {variables[name]!r}")
    return Settings(
        source=Path(_required(variables, "dataset_source")),
        header=_csv_header(_required(variables, "dataset_format")),
        output=Path(_required(variables, "output_path")),
        publish_metrics=_choice(variables, "publish_cloudwatch_metrics", ("Disabled", "Enabled")) == "Enabled",
        baseline_statistics=_path(variables, "baseline_statistics"),
        baseline_constraints=_path(variables, "baseline_constraints"),
        analysis_type=_choice(variables, "analysis_type", ("DATA_QUALITY", "MODEL_QUALITY")),
        variables=variables,
    )


def _required(variables: Mapping[str, str], name: str) -> str:
    if name not in variables:
        raise JobError(f"the variable {name} is required")
    return variables[name]


def _path(variables: Mapping[str, str], name: str) -> Path | None:
    return Path(variables[name]) if name in variables else None


def _choice(variables: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """The first choice is the default."""
    value = variables.get(name, choices[0])
    if value not in choices:
        raise JobError(f"{name} must be {' or '.join(choices)}, got: {value!r}")
    return value


def _csv_header(text: str) -> bool:
    """Whether the data set's files begin with a header row: `{"csv": {"header": false}}`, also `"false"`."""
    try:
        dataset_format: Any = json.loads(text)
    except ValueError:
        dataset_format = None
    if not isinstance(dataset_format, dict) or len(dataset_format) != 1:
        raise JobError(f'dataset_format must be like {{"csv": {{"header": false}}}}, got: {text}')
    options = dataset_format.get("csv")
    if not isinstance(options, dict):
        raise JobError(f"dataset_format must be csv on this machine, got: {', '.join(dataset_format)}")
    header = str(options.get("header", False)).lower()
    if header not in ("true", "false"):
        raise JobError(f"dataset_format: csv.header must be true or false, got: {options['header']!r}")
    return header == "true"
