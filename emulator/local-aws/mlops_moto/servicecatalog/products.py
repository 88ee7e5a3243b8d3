"""
Products, and their versions, which are called provisioning artifacts: a CloudFormation template each.
https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreateProduct.html
"""

from collections.abc import Mapping
from typing import Any

from .actions import Action, Asked, InUseError, InvalidError, found, listed, retag, tags_in
from .state import Artifact, Product, new_id
from .tag_options import options_of
from .templates import declared_parameters, read_template

_KIND = "CLOUD_FORMATION_TEMPLATE"
_GUIDANCE = ("DEFAULT", "DEPRECATED")
_VIEW = {
    "Name": "Name",
    "Owner": "Owner",
    "Description": "ShortDescription",
    "Distributor": "Distributor",
    "SupportDescription": "SupportDescription",
    "SupportEmail": "SupportEmail",
    "SupportUrl": "SupportUrl",
}
"""Members of requests, by what they are called in a product's view."""


def _create(asked: Asked) -> dict[str, Any]:
    if asked.text("ProductType") != _KIND:
        raise InvalidError(f"Local AWS makes products of type {_KIND} alone, got: {asked.text('ProductType')}")
    key = new_id("prod")
    view = {shown: asked.text(name) for name, shown in _VIEW.items()}
    made = Product(key, asked.catalog.arn(f"product/{key}"), new_id("prodview"), view, tags_in(asked.body))
    given = asked.body.get("ProvisioningArtifactParameters")
    artifact = _artifact(given) if given else None
    asked.catalog.products[key] = made
    told = {"ProductViewDetail": _detail(made), "Tags": listed(made.tags)}
    if artifact is None:
        return told
    made.artifacts[artifact.id] = artifact
    return {**told, "ProvisioningArtifactDetail": _artifact_detail(artifact)}


def _describe_as_admin(asked: Asked) -> dict[str, Any]:
    product = find_product(asked, "Id", "Name")
    return {
        "ProductViewDetail": _detail(product),
        "ProvisioningArtifactSummaries": [_summary(each) for each in product.artifacts.values()],
        "Tags": listed(product.tags),
        "TagOptions": options_of(asked.catalog, product.id),
        "Budgets": [],
    }


def _update(asked: Asked) -> dict[str, Any]:
    product = find_product(asked, "Id")
    product.view |= {shown: asked.text(name) for name, shown in _VIEW.items() if name in asked.body}
    retag(product.tags, asked.body)
    return {"ProductViewDetail": _detail(product), "Tags": listed(product.tags)}


def _delete(asked: Asked) -> None:
    product = find_product(asked, "Id")
    if any(product.id in each.products for each in asked.catalog.portfolios.values()):
        raise InUseError(f"Product {product.id} is in a portfolio.")
    del asked.catalog.products[product.id]


def _create_artifact(asked: Asked) -> dict[str, Any]:
    product, made = find_product(asked), _artifact(asked.body.get("Parameters") or {})
    product.artifacts[made.id] = made
    return _artifact_told(made)


def _describe_artifact(asked: Asked) -> dict[str, Any]:
    artifact = find_artifact(asked, find_product(asked))
    told = _artifact_told(artifact)
    if asked.body.get("IncludeProvisioningArtifactParameters"):
        told["ProvisioningArtifactParameters"] = declared_parameters(artifact.template)
    return told


def _update_artifact(asked: Asked) -> dict[str, Any]:
    artifact = find_artifact(asked, find_product(asked))
    guidance = asked.body.get("Guidance", artifact.guidance)
    if guidance not in _GUIDANCE:
        raise InvalidError(f"Guidance must be one of {', '.join(_GUIDANCE)}, got: {guidance}")
    artifact.guidance = guidance
    artifact.active = asked.body.get("Active", artifact.active)
    artifact.name = asked.body.get("Name", artifact.name)
    artifact.description = asked.body.get("Description", artifact.description)
    return _artifact_told(artifact)


def _delete_artifact(asked: Asked) -> None:
    product = find_product(asked)
    artifact = find_artifact(asked, product)
    if len(product.artifacts) == 1:
        raise InUseError(f"Provisioning artifact {artifact.id} is the last of product {product.id}.")
    del product.artifacts[artifact.id]


def find_product(asked: Asked, key: str = "ProductId", name: str = "ProductName") -> Product:
    """raises NotFoundError"""
    by_name = {each.view["Name"]: each for each in asked.catalog.products.values()}
    if asked.text(key) or not asked.text(name):
        return found(asked.catalog.products, asked.text(key), "Product")
    return found(by_name, asked.text(name), "Product")


def find_artifact(asked: Asked, product: Product) -> Artifact:
    """raises NotFoundError"""
    key, name = asked.text("ProvisioningArtifactId"), asked.text("ProvisioningArtifactName")
    if key or not name:
        return found(product.artifacts, key, "Provisioning artifact")
    return found({each.name: each for each in product.artifacts.values()}, name, "Provisioning artifact")


def _artifact(given: Mapping[str, Any]) -> Artifact:
    if given.get("Type", _KIND) != _KIND:
        raise InvalidError(f"Local AWS knows provisioning artifacts of type {_KIND} alone, got: {given['Type']}")
    key, url = new_id("pa"), (given.get("Info") or {}).get("LoadTemplateFromURL")
    if not url:
        raise InvalidError("Info must have LoadTemplateFromURL")
    return Artifact(key, given.get("Name") or key, given.get("Description") or "", url, read_template(url))


def view_of(product: Product) -> dict[str, Any]:
    kept = {"Id": product.view_id, "ProductId": product.id, "Type": _KIND, "HasDefaultPath": False}
    return {**kept, **product.view}


def _detail(product: Product) -> dict[str, Any]:
    return {
        "ProductViewSummary": view_of(product),
        "Status": "AVAILABLE",
        "ProductARN": product.arn,
        "CreatedTime": product.created,
    }


def _summary(artifact: Artifact) -> dict[str, Any]:
    return {
        "Id": artifact.id,
        "Name": artifact.name,
        "Description": artifact.description,
        "CreatedTime": artifact.created,
    }


def _artifact_told(artifact: Artifact) -> dict[str, Any]:
    info = {"TemplateUrl": artifact.url}
    return {"ProvisioningArtifactDetail": _artifact_detail(artifact), "Info": info, "Status": "AVAILABLE"}


def _artifact_detail(artifact: Artifact) -> dict[str, Any]:
    return {**_summary(artifact), "Type": _KIND, "Active": artifact.active, "Guidance": artifact.guidance}


ACTIONS: Mapping[str, Action] = {
    "CreateProduct": _create,
    "CreateProvisioningArtifact": _create_artifact,
    "DeleteProduct": _delete,
    "DeleteProvisioningArtifact": _delete_artifact,
    "DescribeProductAsAdmin": _describe_as_admin,
    "DescribeProvisioningArtifact": _describe_artifact,
    "UpdateProduct": _update,
    "UpdateProvisioningArtifact": _update_artifact,
}
