"""
CloudFormation's API. moto's own says that types are made which it does not know, and asks nobody whether they may be.
https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html
"""

import json
from collections.abc import Iterator
from typing import Any

import flask
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from ..authorization.calls import signed_scope
from ..patching import replace
from .stacks import operations
from .stacks.stack import Resource, Stack, stacks_of
from .summaries import declared, summary
from .template_urls import TEMPLATE, TemplateUrlError
from .templates.template import Template

_LONGEST_BODY = 51_200
"""Bytes of a template in a request."""

_PAGE = 100
_LACKING = {
    "NotificationARNs": ([],),
    "ResourceTypes": ([],),
    "RetainExceptOnCreate": (False,),
    "RollbackConfiguration": ({}, {"RollbackTriggers": []}),
    "StackPolicyBody": (),
    "StackPolicyDuringUpdateBody": (),
    "StackPolicyDuringUpdateURL": (),
    "StackPolicyURL": (),
    "TimeoutInMinutes": (),
}
"""Parameters that local AWS has nothing for, and values of them that ask for nothing."""


def install() -> None:
    actions = {action.__name__: action for action in _ACTIONS}
    for name in [each for each in vars(CloudFormationResponse) if each.split("_")[0] in _VERBS]:
        replace(CloudFormationResponse, name, actions.get(name, _lacking))
    replace(CloudFormationResponse, "RESPONSE_KEY_PATH_TO_TRANSFORMER", {})


_VERBS = {"create", "delete", "describe", "execute", "get", "list", "set", "stop", "update", "validate"}


def _lacking(_response: CloudFormationResponse) -> ActionResult:
    raise NotImplementedError("local AWS has stacks alone of CloudFormation")


def create_stack(response: CloudFormationResponse) -> ActionResult:
    wanted = _wanted(response)
    body = _body(response)
    if body is None:
        raise ValidationError(message="Either Template URL or Template Body must be specified.")
    return ActionResult({"StackId": operations.create(wanted, body).id})


def update_stack(response: CloudFormationResponse) -> ActionResult:
    body = _body(response)
    if (body is None) != bool(response._get_param("UsePreviousTemplate")):
        raise ValidationError(message="Either Template URL or Template Body must be specified.")
    return ActionResult({"StackId": operations.update(_wanted(response), body).id})


def delete_stack(response: CloudFormationResponse) -> EmptyResult:
    operations.delete(_wanted(response), response._get_param("RetainResources") or ())
    return EmptyResult()


def describe_stacks(response: CloudFormationResponse) -> ActionResult:
    name = response._get_param("StackName")
    found = [_stack(response)] if name else [each for each in _stacks(response) if each.exists]
    return _page(response, "Stacks", [each.told() for each in found])


def list_stacks(response: CloudFormationResponse) -> ActionResult:
    wanted = response._get_param("StackStatusFilter") or []
    found = [each.summary() for each in _stacks(response) if not wanted or each.status in wanted]
    return _page(response, "StackSummaries", found)


def describe_stack_events(response: CloudFormationResponse) -> ActionResult:
    return _page(response, "StackEvents", list(_stack(response).events))


def describe_stack_resources(response: CloudFormationResponse) -> ActionResult:
    physical, logical = response._get_param("PhysicalResourceId"), response._get_param("LogicalResourceId")
    if physical and not response._get_param("StackName"):
        owners = [each for each in _stacks(response) if any(physical == of.physical_id for of in _listed(each))]
        if not owners:
            raise ValidationError(message=f"Stack for {physical} does not exist")
        stack = owners[0]
    else:
        stack = _stack(response)
    found = [each for each in _listed(stack) if logical in (None, each.logical_id)]
    owner = {"StackName": stack.name, "StackId": stack.id}
    return ActionResult({"StackResources": [{**owner, **_told(each), "Timestamp": each.changed} for each in found]})


def describe_stack_resource(response: CloudFormationResponse) -> ActionResult:
    stack, name = _stack(response), response._get_param("LogicalResourceId")
    found = next((each for each in _listed(stack) if each.logical_id == name), None)
    if found is None:
        raise ValidationError(message=f"Resource {name} does not exist for stack {stack.name}")
    metadata = {"Metadata": json.dumps(found.metadata)} if found.metadata else {}
    owner = {"StackName": stack.name, "StackId": stack.id, "LastUpdatedTimestamp": found.changed}
    return ActionResult({"StackResourceDetail": {**owner, **_told(found), **metadata}})


def list_stack_resources(response: CloudFormationResponse) -> ActionResult:
    told = [{**_told(each), "LastUpdatedTimestamp": each.changed} for each in _listed(_stack(response))]
    return _page(response, "StackResourceSummaries", told)


def get_template(response: CloudFormationResponse) -> ActionResult:
    """As it was given; boto3 reads JSON itself."""
    text = _stack(response).filled.template.text
    return ActionResult({"TemplateBody": text, "StagesAvailable": ["Original", "Processed"]})


def get_template_summary(response: CloudFormationResponse) -> ActionResult:
    return ActionResult(summary(_template(response)))


def validate_template(response: CloudFormationResponse) -> ActionResult:
    template = _template(response)
    told = summary(template)
    parts = ("Description", "Capabilities", "CapabilitiesReason")
    shown = {name: told[name] for name in parts if name in told}
    return ActionResult({**shown, "Parameters": declared(template, constraints=False)})


_ACTIONS = (
    create_stack,
    delete_stack,
    describe_stack_events,
    describe_stack_resource,
    describe_stack_resources,
    describe_stacks,
    get_template,
    get_template_summary,
    list_stack_resources,
    list_stacks,
    update_stack,
    validate_template,
)


def _wanted(response: CloudFormationResponse) -> operations.Wanted:
    lacking = [name for name, idle in _LACKING.items() if response._get_param(name) not in (None, *idle)]
    if lacking:
        raise ValidationError(message=f"Local AWS has nothing for {', '.join(sorted(lacking))}")
    given = response._get_param("Parameters") or []
    tags = response._get_param("Tags")
    key, _ = signed_scope({"HTTP_AUTHORIZATION": response.headers.get("Authorization", "")})
    no_rollback = response._get_param("DisableRollback")
    return operations.Wanted(
        response.current_account,
        response.region,
        str(response._get_param("StackName")),
        {each["ParameterKey"]: each["ParameterValue"] for each in given if "ParameterValue" in each},
        [each["ParameterKey"] for each in given if each.get("UsePreviousValue")],
        response._get_param("RoleARN"),
        key,
        None if tags is None else {each["Key"]: each["Value"] for each in tags},
        response._get_param("Capabilities") or (),
        response._get_param("ClientRequestToken"),
        "DO_NOTHING" if no_rollback else response._get_param("OnFailure") or "ROLLBACK",
        bool(response._get_param("EnableTerminationProtection")),
    )


def _body(response: CloudFormationResponse) -> str | None:
    at_url, body = flask.request.environ.get(TEMPLATE), response._get_param("TemplateBody")
    if isinstance(at_url, TemplateUrlError):
        raise ValidationError(message=str(at_url))
    if at_url is not None and body:
        raise ValidationError(message="Specify either TemplateBody or TemplateURL, not both")
    if body and len(body.encode()) > _LONGEST_BODY:
        raise ValidationError(
            message="1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must "
            f"have length less than or equal to {_LONGEST_BODY}"
        )
    text: str | None = at_url if at_url is not None else body
    return text


def _template(response: CloudFormationResponse) -> Template:
    body = _body(response)
    if body is None and response._get_param("StackName"):
        return _stack(response).filled.template
    if body is None:
        raise ValidationError(message="Either Template URL or Template Body must be specified.")
    return operations.read(body)


def _stack(response: CloudFormationResponse) -> Stack:
    return operations.require(response.current_account, response.region, str(response._get_param("StackName")))


def _stacks(response: CloudFormationResponse) -> Iterator[Stack]:
    return stacks_of(response.current_account, response.region)


def _listed(stack: Stack) -> list[Resource]:
    return list(stack.resources.values())


def _told(resource: Resource) -> dict[str, Any]:
    return {name: value for name, value in resource.told().items() if value is not None}


def _page(response: CloudFormationResponse, name: str, entries: list[Any]) -> ActionResult:
    start = int(response._get_param("NextToken") or 0)
    rest = {"NextToken": str(start + _PAGE)} if len(entries) > start + _PAGE else {}
    return ActionResult({name: entries[start : start + _PAGE], **rest})
