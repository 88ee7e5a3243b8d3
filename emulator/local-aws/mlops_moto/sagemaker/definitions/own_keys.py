"""
What a step has beside its arguments, and arguments that are no request of SageMaker's.
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

import re
from typing import Any

from .definition_error import DefinitionError, expect_array, expect_object

_KEYS = ("Name", "Type", "DisplayName", "Description", "DependsOn", "Arguments")
_RETRIED_AND_CACHED = ("RetryPolicies", "CacheConfig")
_CHECK = (
    "CheckType",
    "FailOnViolation",
    "ModelPackageGroupName",
    "RegisterNewBaseline",
    "SkipCheck",
    "SuppliedBaselineConstraints",
    "SuppliedBaselineStatistics",
)
_KEYS_OF_KINDS = {
    "Callback": ("SqsQueueUrl", "OutputParameters", "CacheConfig"),
    "ClarifyCheck": (*_CHECK, "ModelName", *_RETRIED_AND_CACHED),
    "Condition": (),
    "Fail": (),
    "Lambda": ("FunctionArn", "OutputParameters", "CacheConfig"),
    "Model": ("RetryPolicies",),
    "Processing": ("PropertyFiles", *_RETRIED_AND_CACHED),
    "QualityCheck": (*_CHECK, *_RETRIED_AND_CACHED),
    "RegisterModel": ("RetryPolicies",),
}
_KEYS_WITHIN = {
    "CacheConfig": ("Enabled", "ExpireAfter"),
    "OutputParameters": ("OutputName", "OutputType"),
    "PropertyFiles": ("PropertyFileName", "OutputName", "FilePath"),
    "RetryPolicies": ("ExceptionType", "IntervalSeconds", "BackoffRate", "MaxAttempts", "ExpireAfterMin"),
}
# Characters: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PipelineExecutionStep.html
# Outputs: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CallbackStepMetadata.html
_MOST = {"DisplayName": 256, "Description": 3072, "OutputParameters": 50}

_OUTPUT_TYPES = ("String", "Integer", "Float", "Boolean")
_COMPARISONS = ("Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo")
_CONDITIONS = {
    **dict.fromkeys(_COMPARISONS, ("LeftValue", "RightValue")),
    "In": ("QueryValue", "Values"),
    "Not": ("Condition",),
    "Or": ("Conditions",),
}
_CALLEES = {"Lambda": "FunctionArn", "Callback": "SqsQueueUrl"}
# `workflow/retry.py` of the SageMaker Python SDK.
_EXCEPTIONS = (
    "Step.SERVICE_FAULT",
    "Step.THROTTLING",
    "SageMaker.JOB_INTERNAL_ERROR",
    "SageMaker.CAPACITY_ERROR",
    "SageMaker.RESOURCE_LIMIT",
)
# ISO 8601, which the Developer Guide writes without its P: `30dT5h`.
_DURATION = re.compile(r"P?(?=[\dT])(\d+[YMWD])*(T(\d+[HMS])+)?", re.IGNORECASE)


def check_own_keys(step: dict[str, Any]) -> None:
    """raises DefinitionError: for the first that is wrong"""
    name, kind = step["Name"], step["Type"]
    refuse_unknown(step, (*_KEYS, *_KEYS_OF_KINDS.get(kind, _RETRIED_AND_CACHED)), name)
    _check_within(step)
    for policy in expect_array(step.get("RetryPolicies") or [], f"{name}.RetryPolicies"):
        _retry_policy(expect_object(policy, f"{name}.RetryPolicies"), f"{name}.RetryPolicies")
    expires = expect_object(step.get("CacheConfig") or {}, f"{name}.CacheConfig").get("ExpireAfter")
    if expires is not None and not _DURATION.fullmatch(str(expires)):
        raise DefinitionError(f"Not an ISO 8601 duration: {expires!r} ({name}.CacheConfig.ExpireAfter)")
    for file in expect_array(step.get("PropertyFiles") or [], f"{name}.PropertyFiles"):
        _property_file(expect_object(file, f"{name}.PropertyFiles"), step)
    if kind in _CALLEES:
        _callee(step, _CALLEES[kind])
    if kind == "Condition":
        _conditions(step["Arguments"].get("Conditions"), f"{name}.Arguments.Conditions")


def _check_within(step: dict[str, Any]) -> None:
    name = step["Name"]
    for key, known in _KEYS_WITHIN.items():
        given = step.get(key) or []
        for each in [given] if isinstance(given, dict) else expect_array(given, f"{name}.{key}"):
            refuse_unknown(expect_object(each, f"{name}.{key}"), known, f"{name}.{key}")
    for key, most in _MOST.items():
        if len(step.get(key) or "") > most:
            raise DefinitionError(f"{key} must have length less than or equal to {most} ({name})")


def refuse_unknown(value: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    """https://github.com/aws/sagemaker-python-sdk/issues/2746"""
    for member in value:
        if member not in known:
            raise DefinitionError(f"Cannot parse object, unknown property '{member}'. ({where})")


def _retry_policy(policy: dict[str, Any], where: str) -> None:
    for exception in expect_array(policy.get("ExceptionType"), f"{where}.ExceptionType"):
        if exception not in _EXCEPTIONS:
            raise DefinitionError(f"Unknown exception type '{exception}' ({where})")
    if policy.get("MaxAttempts") is not None and policy.get("ExpireAfterMin") is not None:
        raise DefinitionError(f"A retry policy has MaxAttempts or ExpireAfterMin, not both ({where})")


def _property_file(file: dict[str, Any], step: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html"""
    where = f"{step['Name']}.PropertyFiles"
    for member in ("PropertyFileName", "OutputName", "FilePath"):
        if not isinstance(file.get(member), str):
            raise DefinitionError(f"Missing required member '{member}' ({where})")
    outputs = (step["Arguments"].get("ProcessingOutputConfig") or {}).get("Outputs") or []
    if file["OutputName"] not in [each.get("OutputName") for each in outputs]:
        raise DefinitionError(
            f"Property file {file['PropertyFileName']} is in an output '{file['OutputName']}' that the step has not"
            f" ({where})"
        )


def _callee(step: dict[str, Any], key: str) -> None:
    name = step["Name"]
    if step.get(key) is None:
        raise DefinitionError(f"Missing required member '{key}' ({name})")
    for each in expect_array(step.get("OutputParameters") or [], f"{name}.OutputParameters"):
        output: dict[str, Any] = expect_object(each, f"{name}.OutputParameters")
        if not isinstance(output.get("OutputName"), str) or output.get("OutputType") not in _OUTPUT_TYPES:
            types = ", ".join(_OUTPUT_TYPES)
            raise DefinitionError(f"An output has a name and a type of {types}, got {output} ({name}.OutputParameters)")


def _conditions(conditions: object, where: str) -> None:
    for each in expect_array(conditions, where):
        condition: dict[str, Any] = expect_object(each, where)
        members = _CONDITIONS.get(condition.get("Type", ""))
        if members is None:
            raise DefinitionError(f"Unknown type of condition: {condition.get('Type')!r} ({where})")
        refuse_unknown(condition, ("Type", *members), where)
        for member in members:
            if condition.get(member) is None:
                raise DefinitionError(f"Missing required member '{member}' ({where})")
        if condition["Type"] in ("Not", "Or"):
            inner = condition.get("Conditions") or [condition.get("Condition")]
            _conditions(inner, f"{where}.{condition['Type']}")
