"""
What a project is made of: a product that Service Catalog launches, or a stack of a template in S3, each asked for in
the name of whoever asked for the project.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProject.html
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError
from moto.core.utils import utcnow

from .. import stack_work
from ..stack_work import Clients, StackEnd, StackRequest

_LOOK_AGAIN = 0.2
"""Seconds between two looks at a record."""

Pairs = Sequence[Mapping[str, str]]


@dataclass
class Project:
    """`tags`: as moto keeps them. `catalog`, `template`: as the request had it, whichever route it took."""

    name: str
    id: str
    arn: str
    description: str
    created_by: str
    tags: list[dict[str, str]]
    catalog: dict[str, Any] | None = None
    template: dict[str, Any] | None = None
    status: str = "Pending"
    message: str = ""
    provisioned: str | None = None
    stack_id: str | None = None
    created: datetime = field(default_factory=utcnow)
    modified: datetime = field(default_factory=utcnow)
    modified_by: str = ""

    @property
    def stack(self) -> str:
        """Of the route by S3."""
        account = self.arn.split(":")[4]
        return f"SP-{account}-{self.id}-{(self.template or {}).get('TemplateName')}"

    @property
    def own(self) -> dict[str, str]:
        """What tells the project's things from others': parameters of its template, and tags."""
        return {"SageMakerProjectName": self.name, "SageMakerProjectId": self.id}

    @property
    def all_tags(self) -> dict[str, str]:
        given = {each["Key"]: each["Value"] for each in self.tags}
        return {**given, "sagemaker:project-name": self.name, "sagemaker:project-id": self.id}


Work = Callable[[Project, Clients], StackEnd]


def create(project: Project, clients: Clients) -> StackEnd:
    if project.template is not None:
        return stack_work.create(clients, _request(project))
    catalog = clients.of("servicecatalog")
    details = dict(project.catalog or {})
    if not details.get("ProvisioningArtifactId"):
        details |= _newest(catalog, details["ProductId"])
    project.catalog = details
    record = catalog.provision_product(
        **{name: details[name] for name in ("ProductId", "ProvisioningArtifactId", "PathId") if details.get(name)},
        ProvisionedProductName=f"{project.name}-{project.id}",
        ProvisioningParameters=_parameters(project, details.get("ProvisioningParameters")),
        Tags=_listed(project.all_tags),
    )["RecordDetail"]
    project.provisioned = record["ProvisionedProductId"]
    return _ended(catalog, record)


def update(project: Project, clients: Clients) -> StackEnd:
    if project.template is not None:
        return stack_work.update(clients, _request(project))
    catalog, details = clients.of("servicecatalog"), project.catalog or {}
    record = catalog.update_provisioned_product(
        ProvisionedProductId=project.provisioned,
        ProductId=details["ProductId"],
        ProvisioningArtifactId=details["ProvisioningArtifactId"],
        ProvisioningParameters=_parameters(project, details.get("ProvisioningParameters")),
        Tags=_listed(project.all_tags),
    )["RecordDetail"]
    return _ended(catalog, record)


def delete(project: Project, clients: Clients) -> StackEnd:
    if project.template is not None:
        return stack_work.delete(clients, project.stack_id or project.stack, project.template.get("RoleARN"))
    if project.provisioned is None:
        return StackEnd(True)
    catalog = clients.of("servicecatalog")
    try:
        record = catalog.terminate_provisioned_product(ProvisionedProductId=project.provisioned)["RecordDetail"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return StackEnd(True)
        raise
    return _ended(catalog, record)


def merged(given: Pairs | None, changes: Pairs | None) -> list[dict[str, str]]:
    """Parameters that an update does not name stay as they are."""
    values = {each["Key"]: each.get("Value", "") for each in [*(given or []), *(changes or [])]}
    return _listed(values)


def _request(project: Project) -> StackRequest:
    template = project.template or {}
    parameters = _parameters(project, template.get("Parameters"))
    url = {"TemplateURL": template["TemplateURL"]}
    return StackRequest(project.stack, url, parameters, project.all_tags, template.get("RoleARN"))


def _newest(catalog: Any, product: str) -> dict[str, str]:
    """Of the versions that are offered. Where there is none, Service Catalog says what is wrong."""
    try:
        versions = catalog.describe_product(Id=product)["ProvisioningArtifacts"]
    except ClientError:
        return {}
    offered = [each for each in versions if each["Guidance"] == "DEFAULT"]
    return {"ProvisioningArtifactId": max(offered, key=lambda each: each["CreatedTime"])["Id"]} if offered else {}


def _parameters(project: Project, given: Pairs | None) -> list[dict[str, str]]:
    return merged(given, _listed(project.own))


def _listed(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in values.items()]


def _ended(catalog: Any, record: Mapping[str, Any]) -> StackEnd:
    while record["Status"] not in ("SUCCEEDED", "FAILED"):
        time.sleep(_LOOK_AGAIN)
        record = catalog.describe_record(Id=record["RecordId"])["RecordDetail"]
    reasons = "; ".join(each["Description"] for each in record["RecordErrors"])
    return StackEnd(record["Status"] == "SUCCEEDED", reason=reasons)
