"""What a model's function gives, as definitions."""

from __future__ import annotations

import inspect
import json
from types import ModuleType
from typing import Any

from . import offline_aws, repacking, sdk, stopped_clock, users_code
from .context import Context


class RenderError(Exception):
    """What a model's function gives is no pipelines."""


def render(folder: str, file: str, names: list[str], context: Context) -> dict[str, Any]:
    """
    Definitions by short name, and what was uploaded.

    Rendered twice: what differs depends on the clock or on chance, and would be planned as a change each time.
    """
    first, second = _once(folder, file, names, context), _once(folder, file, names, context)
    for name in names:
        _refuse_functions(name, first["pipelines"][name]["definition"]["Steps"])
        difference = _difference(first["pipelines"][name], second["pipelines"][name], "")
        if difference is not None:
            raise RenderError(f"pipeline {name} is another each time it is rendered, at {difference}")
    return first


def _once(folder: str, file: str, names: list[str], context: Context) -> dict[str, Any]:
    uploads = offline_aws.Uploads()
    offline_aws.set_environment(context)
    offline_aws.install(context, uploads)
    module = users_code.load(folder, file)
    offline_aws.trust_own_defaults()
    sdk.work_in_temporary_folder()
    repacking.copy_folders()
    stopped_clock.stop()
    given = _pipelines_of(module, names, context)
    return {
        "pipelines": {
            name: {"name": given[name].name, "definition": json.loads(given[name].definition())} for name in names
        },
        "uploads": uploads.objects,
    }


def _pipelines_of(module: ModuleType, names: list[str], context: Context) -> dict[str, Any]:
    if callable(getattr(module, "pipelines", None)):
        given = module.pipelines(context)
    elif callable(getattr(module, "get_pipeline", None)) and len(names) == 1:
        given = {names[0]: _from_template(module.get_pipeline, names[0], context)}
    else:
        raise RenderError("must have a function pipelines(context) that returns pipelines by name")
    if not isinstance(given, dict) or sorted(given) != sorted(names):
        got = ", ".join(sorted(map(str, given))) if isinstance(given, dict) else type(given).__name__
        raise RenderError(f"pipelines(context) must return a dict of {', '.join(names)}, got: {got}")
    for name, pipeline in given.items():
        if not callable(getattr(pipeline, "definition", None)) or not isinstance(getattr(pipeline, "name", None), str):
            raise RenderError(f"{name} must be a Pipeline of the SDK, got: {type(pipeline).__name__}")
    return given


def _from_template(get_pipeline: Any, name: str, context: Context) -> Any:
    """As SageMaker's project templates have it: whichever of these it takes, by name; its own names stay."""
    known = {
        "region": context.region,
        "role": context.execution_role_arn,
        "default_bucket": context.data_bucket,
        "model_package_group_name": context.model_package_group_arn,
        "bucket_kms_id": context.kms_key_arn,
        "sagemaker_session": context.session,
        "pipeline_session": context.session,
    }
    unless_its_own = {"pipeline_name": f"{context.model}-{name}-pipeline", "base_job_prefix": context.model}
    takes = inspect.signature(get_pipeline).parameters
    asked = {name for name, parameter in takes.items() if parameter.default is inspect.Parameter.empty}
    given = {name: value for name, value in known.items() if name in takes}
    return get_pipeline(**given, **{name: value for name, value in unless_its_own.items() if name in asked})


def _refuse_functions(pipeline: str, steps: list[dict[str, Any]]) -> None:
    """What `@step` makes runs only with the Python that pickled the function, which is whoever renders it (ADR 76)."""
    for step in steps:
        arguments = step["Arguments"] if isinstance(step.get("Arguments"), dict) else {}
        entry = (arguments.get("AlgorithmSpecification") or {}).get("ContainerEntrypoint") or []
        if any("sagemaker_remote_function_bootstrap" in str(part) for part in entry):
            raise RenderError(
                f"step {step['Name']} of pipeline {pipeline} is a function (@step), which is pickled by the Python "
                "that plans and has to be run by the same; make it a script of a ProcessingStep"
            )
        for branch in ("IfSteps", "ElseSteps"):
            _refuse_functions(pipeline, arguments.get(branch) or [])


def _difference(one: Any, other: Any, path: str) -> str | None:
    """The first place at which two values differ."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        pairs = [(f"{path}.{key}".strip("."), one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{path}[{at}]", *each) for at, each in enumerate(zip(one, other, strict=True))]
    else:
        return None if one == other else path
    return next((found for at, a, b in pairs if (found := _difference(a, b, at)) is not None), None)
