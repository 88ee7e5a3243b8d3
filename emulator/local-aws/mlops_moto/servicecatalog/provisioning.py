"""
Launching a product, and what is done to it later: each is a record, and work on a stack as the launch role, or as
whoever asked where there is no launch constraint. Whose provisioned product it is, is not asked.
https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisionProduct.html
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from moto.core.utils import utcnow

from .. import stack_work
from ..control_plane.api import ActionError
from ..sagemaker.endpoints.role_clients import CallerClients, RoleClients
from ..stack_work import Clients, StackEnd, StackRequest
from ..wsgi.serial import STATE_LOCK
from .actions import Action, Asked, DuplicateError, InvalidError, tags_in
from .constraints import launch_role
from .copies import copy_of
from .launch_paths import path_id, portfolio_of, require_path
from .products import find_artifact, find_product
from .provisioned import find_provisioned, record_detail
from .state import Artifact, Catalog, Provisioned, Record, all_catalogs, new_id

_SERVICE = "servicecatalog.amazonaws.com"
_FORKED = "local AWS was forked"


def _provision(asked: Asked) -> dict[str, Any]:
    catalog, name = asked.catalog, asked.text("ProvisionedProductName")
    product = find_product(asked)
    portfolio = require_path(asked, product)
    artifact = find_artifact(asked, product)
    _require_active(artifact)
    if artifact.guidance == "DEPRECATED":
        raise InvalidError(f"Provisioning artifact {artifact.id} is deprecated: it is not launched anew")
    if any(each.name == name for each in catalog.provisioned.values()):
        raise DuplicateError(f"A provisioned product named {name} already exists")
    key = new_id("pp")
    made = Provisioned(
        key,
        catalog.arn(f"stack/{name}/{key}", "servicecatalog"),
        name,
        f"SC-{catalog.account}-{key}",
        product.id,
        artifact.id,
        path_id(portfolio.id),
        launch_role(catalog, portfolio.id, product.id),
        asked.access_key,
        [],
    )
    catalog.provisioned[key] = made
    request = _request(made, artifact, asked)
    return _begin("PROVISION_PRODUCT", made, asked, lambda clients: stack_work.create(clients, request))


def _update(asked: Asked) -> dict[str, Any]:
    provisioned = _at_rest(asked)
    asked_of = {"ProductId": asked.text("ProductId") or provisioned.product}
    named = asked.text("ProvisioningArtifactId") or asked.text("ProvisioningArtifactName")
    version = {} if named else {"ProvisioningArtifactId": provisioned.artifact}
    asked = Asked(asked.catalog, {**asked.body, **asked_of, **version}, asked.access_key, asked.principal)
    product = find_product(asked)
    portfolio, artifact = require_path(asked, product), find_artifact(asked, product)
    _require_active(artifact)
    provisioned.product, provisioned.artifact = product.id, artifact.id
    provisioned.path, provisioned.access_key = path_id(portfolio.id), asked.access_key
    provisioned.launch_role = launch_role(asked.catalog, portfolio.id, product.id)
    request = _request(provisioned, artifact, asked)
    return _begin("UPDATE_PROVISIONED_PRODUCT", provisioned, asked, lambda clients: stack_work.update(clients, request))


def _terminate(asked: Asked) -> dict[str, Any]:
    """As the role that the constraint names by now; as that of the launch where there is none any more."""
    provisioned, catalog = _at_rest(asked), asked.catalog
    now = launch_role(catalog, portfolio_of(provisioned.path), provisioned.product)
    provisioned.launch_role, provisioned.access_key = now or provisioned.launch_role, asked.access_key
    name = provisioned.stack
    return _begin("TERMINATE_PROVISIONED_PRODUCT", provisioned, asked, lambda clients: stack_work.delete(clients, name))


def _require_active(artifact: Artifact) -> None:
    if not artifact.active:
        raise InvalidError(f"Provisioning artifact {artifact.id} is not active")


def _at_rest(asked: Asked) -> Provisioned:
    provisioned = find_provisioned(asked, "ProvisionedProductId", "ProvisionedProductName")
    if provisioned.status == "UNDER_CHANGE":
        raise InvalidError(f"Provisioned product {provisioned.id} is under change")
    return provisioned


def _request(provisioned: Provisioned, artifact: Artifact, asked: Asked) -> StackRequest:
    parameters = asked.body.get("ProvisioningParameters") or []
    template = {"TemplateURL": copy_of(artifact, asked.catalog.region)}
    return StackRequest(provisioned.stack, template, parameters, tags_in(asked.body))


def _begin(
    kind: str, provisioned: Provisioned, asked: Asked, work: Callable[[Clients], StackEnd]
) -> dict[str, dict[str, Any]]:
    catalog = asked.catalog
    record = Record(
        new_id("rec"),
        kind,
        provisioned.id,
        provisioned.name,
        provisioned.product,
        provisioned.artifact,
        provisioned.path,
        provisioned.launch_role,
        tags_in(asked.body),
    )
    catalog.records[record.id] = record
    provisioned.records.append(record.id)
    provisioned.status, provisioned.message = "UNDER_CHANGE", ""
    threading.Thread(target=_work, args=(work, provisioned, record, catalog), daemon=True).start()
    return {"RecordDetail": record_detail(record)}


def _work(work: Callable[[Clients], StackEnd], provisioned: Provisioned, record: Record, catalog: Catalog) -> None:
    record.status = "IN_PROGRESS"
    try:
        end = work(_clients(provisioned, catalog))
    except ActionError as error:
        end = StackEnd(False, reason=str(error))
    except Exception as error:  # told, as every other reason: nobody else looks at this thread
        end = StackEnd(False, reason=f"{type(error).__name__}: {error}")
    with STATE_LOCK:
        _finish(provisioned, record, catalog, end)


def _clients(provisioned: Provisioned, catalog: Catalog) -> Clients:
    if provisioned.launch_role:
        return RoleClients(provisioned.launch_role, provisioned.arn, _SERVICE)
    return CallerClients(provisioned.access_key, catalog.region)


def _finish(provisioned: Provisioned, record: Record, catalog: Catalog, end: StackEnd) -> None:
    record.status, record.updated = "SUCCEEDED" if end.succeeded else "FAILED", utcnow()
    if not end.succeeded:
        record.errors = [("InternalFailure" if end.stack_id is None else "ResourceFailure", end.reason)]
    if end.stack_id:
        record.outputs = [
            {"OutputKey": "CloudformationStackARN", "OutputValue": end.stack_id},
            *({name: each[name] for name in each if name != "ExportName"} for each in end.outputs),
        ]
    if record.kind == "TERMINATE_PROVISIONED_PRODUCT" and end.succeeded:
        del catalog.provisioned[provisioned.id]
        return
    failed = "TAINTED" if record.kind == "UPDATE_PROVISIONED_PRODUCT" else "ERROR"
    provisioned.status, provisioned.message = "AVAILABLE" if end.succeeded else failed, end.reason


def abandon() -> None:
    """In a fork, where nobody goes on with what was begun."""
    for catalog in all_catalogs():
        for record in catalog.records.values():
            provisioned = catalog.provisioned.get(record.provisioned)
            if record.status in ("CREATED", "IN_PROGRESS") and provisioned:
                _finish(provisioned, record, catalog, StackEnd(False, reason=_FORKED))


ACTIONS: Mapping[str, Action] = {
    "ProvisionProduct": _provision,
    "TerminateProvisionedProduct": _terminate,
    "UpdateProvisionedProduct": _update,
}
