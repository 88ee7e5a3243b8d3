"""How an action is answered: from what was asked, a catalog, and who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse, EmptyResult
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.servicecatalog.responses import ServiceCatalogResponse

from ..authorization.calls import signed_scope
from ..iam.identities import role_of
from ..patching import replace
from ..sagemaker.request_constraints import fault_in
from .state import Catalog, catalog_of

Thing = TypeVar("Thing")
Answer = Mapping[str, Any] | None


class NotFoundError(ServiceException):
    code = "ResourceNotFoundException"


class InvalidError(ServiceException):
    code = "InvalidParametersException"


class MalformedError(ServiceException):
    code = "ValidationException"


class InUseError(ServiceException):
    code = "ResourceInUseException"


class DuplicateError(ServiceException):
    code = "DuplicateResourceException"


@dataclass(frozen=True)
class Asked:
    catalog: Catalog
    body: Mapping[str, Any]
    access_key: str
    principal: str
    """ARN of the caller's role; of its account's root where it assumed none."""

    def text(self, name: str) -> str:
        return str(self.body.get(name) or "")


Action = Callable[[Asked], Answer]


def install(actions: Mapping[str, Action]) -> None:
    """By their names in AWS's API. moto's own actions are gone: it knows of no product that may be launched."""
    replace(ServiceCatalogResponse, "__init__", _init)
    for name, action in actions.items():
        replace(ServiceCatalogResponse, camelcase_to_underscores(name), _method(name, action))


def _init(response: ServiceCatalogResponse) -> None:
    BaseResponse.__init__(response, service_name="servicecatalog")
    response.automated_parameter_parsing = True


def _method(name: str, action: Action) -> Callable[[ServiceCatalogResponse], ActionResult]:
    def answer(response: ServiceCatalogResponse) -> ActionResult:
        body = response.params
        fault = fault_in(body, get_service_model("servicecatalog").operation_model(name).input_shape)
        if fault:
            raise MalformedError(fault)
        account = response.current_account
        key, region = signed_scope({"HTTP_AUTHORIZATION": response.headers.get("Authorization", "")})
        principal = role_of(key, account) or f"arn:aws:iam::{account}:root"
        told = action(Asked(catalog_of(account, region), body, key, principal))
        return EmptyResult() if told is None else ActionResult(told)

    return answer


def found(things: Mapping[str, Thing], key: str, kind: str) -> Thing:
    """raises NotFoundError"""
    if key not in things:
        raise NotFoundError(f"{kind} {key} not found.")
    return things[key]


def tags_in(body: Mapping[str, Any], name: str = "Tags") -> dict[str, str]:
    return {each["Key"]: each["Value"] for each in body.get(name) or []}


def listed(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def retag(tags: dict[str, str], body: Mapping[str, Any]) -> None:
    for key in body.get("RemoveTags") or []:
        tags.pop(key, None)
    tags.update(tags_in(body, "AddTags"))
