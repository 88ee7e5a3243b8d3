"""
Projects, which moto (5.2.5) lacks: each is what a template makes, with the project's name and id on it.
https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-whatis.html
"""

import secrets
import string
import threading
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ConflictException, ValidationError
from moto.sagemaker.responses import SageMakerResponse

from ..authorization.calls import signed_scope
from ..iam.identities import role_of
from ..patching import replace
from ..stack_work import StackEnd
from ..wsgi.serial import STATE_LOCK
from . import project_stacks, tagged
from .endpoints.role_clients import CallerClients
from .pages import page
from .project_stacks import Project, Work, merged

_ALPHABET = string.ascii_lowercase + string.digits
_UNDER_WAY = ("Pending", "CreateInProgress", "UpdateInProgress", "DeleteInProgress")
_PROJECTS: dict[tuple[str, str], dict[str, Project]] = {}
"""By account and region, then by name. One that was deleted stays until its name is taken anew."""


def install() -> None:
    for action in (create_project, update_project, describe_project, list_projects, delete_project):
        replace(SageMakerResponse, action.__name__, action)
    tagged.OWN["project"] = lambda account, region, name: _PROJECTS.get((account, region), {}).get(name)


def create_project(response: SageMakerResponse) -> ActionResult:
    name, given = response._get_param("ProjectName"), response.params
    routes = [route for route in ("ServiceCatalogProvisioningDetails", "TemplateProviders") if given.get(route)]
    if len(routes) != 1:
        raise ValidationError("Specify either ServiceCatalogProvisioningDetails or TemplateProviders")
    known = _of(response)
    if name in known and known[name].status != "DeleteCompleted":
        raise ValidationError(f"Project {name} already exists")
    key = f"p-{''.join(secrets.choice(_ALPHABET) for _ in range(12))}"
    arn = f"arn:aws:sagemaker:{response.region}:{response.current_account}:project/{name}"
    tags = [dict(each) for each in given.get("Tags") or []]
    project = Project(name, key, arn, given.get("ProjectDescription") or "", _caller(response), tags)
    if routes == ["TemplateProviders"]:
        project.template = _provider(given["TemplateProviders"])
    else:
        project.catalog = dict(given["ServiceCatalogProvisioningDetails"])
    known[name] = project
    _begin("Create", project, project_stacks.create, response)
    return ActionResult({"ProjectArn": arn, "ProjectId": key})


def update_project(response: SageMakerResponse) -> ActionResult:
    project, given = _at_rest(response), response.params
    by_catalog, by_template = (
        given.get(name) for name in ("ServiceCatalogProvisioningUpdateDetails", "TemplateProvidersToUpdate")
    )
    if (by_catalog and project.catalog is None) or (by_template and project.template is None):
        raise ValidationError(f"Project {project.name} was made by the other of the two routes")
    changes = _provider(by_template) if by_template else dict(by_catalog or {})
    if by_template and changes["TemplateName"] != (project.template or {})["TemplateName"]:
        raise ValidationError(f"Project {project.name} has no template {changes['TemplateName']}")
    project.description = given.get("ProjectDescription", project.description)
    tags = {each["Key"]: each["Value"] for each in [*project.tags, *(given.get("Tags") or [])]}
    project.tags = [{"Key": key, "Value": value} for key, value in tags.items()]
    project.modified, project.modified_by = utcnow(), _caller(response)
    if by_catalog or by_template:
        _change(project, changes)
        _begin("Update", project, project_stacks.update, response)
    else:
        _finish("Update", project, StackEnd(True))
    return ActionResult({"ProjectArn": project.arn})


def _change(project: Project, changes: Mapping[str, Any]) -> None:
    name = "Parameters" if project.template is not None else "ProvisioningParameters"
    before = project.template if project.template is not None else project.catalog or {}
    after = {**before, **changes, name: merged(before.get(name), changes.get(name))}
    if project.template is not None:
        project.template = after
    else:
        project.catalog = after


def delete_project(response: SageMakerResponse) -> EmptyResult:
    project = _at_rest(response)
    if project.status == "DeleteCompleted":
        raise _no_such(project.name)
    _begin("Delete", project, project_stacks.delete, response)
    return EmptyResult()


def describe_project(response: SageMakerResponse) -> ActionResult:
    project = _find(response)
    told: dict[str, Any] = {
        **_summary(project),
        "CreatedBy": {"IamIdentity": {"Arn": project.created_by}},
        "LastModifiedTime": project.modified,
        "LastModifiedBy": {"IamIdentity": {"Arn": project.modified_by or project.created_by}},
    }
    if project.catalog is not None:
        status = {"ProvisionedProductStatusMessage": project.message} if project.message else {}
        told["ServiceCatalogProvisioningDetails"] = project.catalog
        told["ServiceCatalogProvisionedProductDetails"] = {"ProvisionedProductId": project.provisioned, **status}
    if project.template is not None:
        stack = {"Name": project.stack, "Id": project.stack_id, "StatusMessage": project.message or project.status}
        detail = {**project.template, "StackDetail": stack}
        told["TemplateProviderDetails"] = [{"CfnTemplateProviderDetail": detail}]
    return ActionResult(told)


def list_projects(response: SageMakerResponse) -> ActionResult:
    part = (response._get_param("NameContains") or "").lower()
    by_name = response._get_param("SortBy") == "Name"
    projects = sorted(
        (each for each in _of(response).values() if part in each.name.lower()),
        key=lambda each: each.name if by_name else each.created.isoformat(),
        reverse=response._get_param("SortOrder") == "Descending",
    )
    on_page, token = page(response, projects, lambda each: each.name)
    return ActionResult({"ProjectSummaryList": [_summary(each) for each in on_page], "NextToken": token})


def _summary(project: Project) -> dict[str, Any]:
    return {
        "ProjectName": project.name,
        "ProjectId": project.id,
        "ProjectArn": project.arn,
        "ProjectDescription": project.description,
        "ProjectStatus": project.status,
        "CreationTime": project.created,
    }


def _provider(providers: Any) -> dict[str, Any]:
    if len(providers) != 1 or not providers[0].get("CfnTemplateProvider"):
        raise ValidationError("A project has one template provider, a CfnTemplateProvider")
    return dict(providers[0]["CfnTemplateProvider"])


def _begin(action: str, project: Project, work: Work, response: SageMakerResponse) -> None:
    key = _access_key(response)
    project.status, project.message = "Pending" if action == "Create" else f"{action}InProgress", ""
    threading.Thread(target=_work, args=(action, project, work, key, response.region), daemon=True).start()


def _work(action: str, project: Project, work: Work, access_key: str, region: str) -> None:
    project.status = f"{action}InProgress"
    try:
        end = work(project, CallerClients(access_key, region))
    except ClientError as error:
        end = StackEnd(False, reason=str(error.response["Error"]["Message"]))
    except Exception as error:  # told, as every other reason: nobody else looks at this thread
        end = StackEnd(False, reason=f"{type(error).__name__}: {error}")
    with STATE_LOCK:
        _finish(action, project, end)


def _finish(action: str, project: Project, end: StackEnd) -> None:
    project.stack_id = end.stack_id or project.stack_id
    project.message, project.modified = end.reason, utcnow()
    project.status = f"{action}{'Completed' if end.succeeded else 'Failed'}"


def abandon() -> None:
    """In a fork, where nobody goes on with what was begun."""
    for projects in _PROJECTS.values():
        for project in projects.values():
            if project.status in _UNDER_WAY:
                action = project.status.removesuffix("InProgress").replace("Pending", "Create")
                _finish(action, project, StackEnd(False, reason="local AWS was forked"))


def _of(response: SageMakerResponse) -> dict[str, Project]:
    return _PROJECTS.setdefault((response.current_account, response.region), {})


def _find(response: SageMakerResponse) -> Project:
    name = response._get_param("ProjectName")
    if name not in _of(response):
        raise _no_such(name)
    return _of(response)[name]


def _no_such(name: str) -> ValidationError:
    return ValidationError(f"Project {name} does not exist")


def _at_rest(response: SageMakerResponse) -> Project:
    project = _find(response)
    if project.status in _UNDER_WAY:
        raise ConflictException(f"Project {project.name} is in status {project.status}")
    return project


def _access_key(response: SageMakerResponse) -> str:
    return signed_scope({"HTTP_AUTHORIZATION": response.headers.get("Authorization", "")})[0]


def _caller(response: SageMakerResponse) -> str:
    account = response.current_account
    return role_of(_access_key(response), account) or f"arn:aws:iam::{account}:root"
