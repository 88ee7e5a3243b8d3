"""
Hyperparameters as the toolkit reads them: values are JSON where they can be, those that begin with `sagemaker_` are the
image's, and the others are the script's arguments.
https://github.com/aws/sagemaker-training-toolkit/blob/master/src/sagemaker_training/params.py
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PREFIX = "sagemaker_"
_OWN = frozenset(
    {
        *("sagemaker_program", "sagemaker_submit_directory", "sagemaker_enable_cloudwatch_metrics"),
        *("sagemaker_region", "sagemaker_container_log_level", "sagemaker_job_name", "sagemaker_s3_output"),
        *("default_user_module_name", "_tuning_objective_metric"),
    }
)
"""What the toolkit knows by name; others with the prefix are a framework's parameters."""


@dataclass(frozen=True)
class Hyperparameters:
    own: Mapping[str, Any]
    """The image's."""
    framework: Mapping[str, Any]
    """Those of the image's that the toolkit hands to its framework."""
    user: Mapping[str, Any]


def hyperparameters_of(given: Mapping[str, str]) -> Hyperparameters:
    values = {name: _decoded(value) for name, value in given.items()}
    own = {name: value for name, value in values.items() if name in _OWN or name.startswith(_PREFIX)}
    return Hyperparameters(
        own,
        {name: value for name, value in own.items() if name not in _OWN},
        {name: value for name, value in values.items() if name not in own},
    )


def arguments_of(hyperparameters: Mapping[str, Any]) -> list[str]:
    """`{"max-depth": 3, "k": {"a": 1}}` is `-k a=1 --max-depth 3`: sorted, with one hyphen before one letter."""
    named = [(f"-{name}" if len(name) == 1 else f"--{name}", hyperparameters[name]) for name in sorted(hyperparameters)]
    return [part for name, value in named for part in (name, _argument(value))]


def _argument(value: Any) -> str:
    if isinstance(value, dict):
        return ",".join(f"{name}={inner}" for name, inner in sorted(value.items()))
    return "" if value is None else str(value)


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
