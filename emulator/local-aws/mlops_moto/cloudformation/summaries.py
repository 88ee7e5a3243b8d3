"""What a template asks for, without a stack."""

from typing import Any

from .templates.functions import as_text
from .templates.template import Template

_REASON = "The following resource(s) require capabilities: [AWS::IAM::Role]"


def declared(template: Template, *, constraints: bool) -> list[dict[str, Any]]:
    return [_parameter(name, dict(given), constraints=constraints) for name, given in template.declared.items()]


def summary(template: Template) -> dict[str, Any]:
    """As GetTemplateSummary tells it."""
    capabilities = template.capabilities()
    told = {
        "Parameters": declared(template, constraints=True),
        "Description": template.description,
        "ResourceTypes": template.types,
        "Version": template.document.get("AWSTemplateFormatVersion"),
        **({"Capabilities": capabilities, "CapabilitiesReason": _REASON} if capabilities else {}),
    }
    return {name: value for name, value in told.items() if value is not None}


def _parameter(name: str, given: dict[str, Any], *, constraints: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"ParameterKey": name, "NoEcho": as_text(given.get("NoEcho", False)).lower() == "true"}
    if "Default" in given:
        told["DefaultValue"] = as_text(given["Default"])
    if "Description" in given:
        told["Description"] = given["Description"]
    if constraints:
        told["ParameterType"] = given["Type"]
        allowed = given.get("AllowedValues")
        told["ParameterConstraints"] = {"AllowedValues": list(map(as_text, allowed))} if allowed else {}
    return told
