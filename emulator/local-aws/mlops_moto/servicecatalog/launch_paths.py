"""
By which portfolio somebody may launch a product: one that has both the product and whoever asks.
https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ListLaunchPaths.html
"""

from collections.abc import Mapping
from typing import Any

from ..iam.policies import arn_like
from .actions import Action, Asked, InvalidError, NotFoundError, listed
from .constraints import summaries
from .products import find_artifact, find_product, view_of
from .state import Portfolio, Product
from .templates import declared_parameters, parse_template


def path_id(portfolio: str) -> str:
    return f"lpv3-{portfolio.removeprefix('port-')}"


def portfolio_of(path: str) -> str:
    return f"port-{path.removeprefix('lpv3-')}"


def require_path(asked: Asked, product: Product) -> Portfolio:
    """
    The portfolio that the caller launches by.

    raises NotFoundError, InvalidError: where there is none, or more than one and none is named
    """
    known = _portfolios(asked, product)
    path, name = asked.text("PathId"), asked.text("PathName")
    chosen = [each for each in known if path in ("", path_id(each.id)) and name in ("", each.name)]
    if not chosen:
        raise NotFoundError(f"No launch paths found for resource: {product.id}")
    if len(chosen) > 1:
        paths = ", ".join(path_id(each.id) for each in chosen)
        raise InvalidError(f"Product {product.id} has more than one launch path, name one of them: {paths}")
    return chosen[0]


def _portfolios(asked: Asked, product: Product) -> list[Portfolio]:
    return [each for each in asked.catalog.portfolios.values() if product.id in each.products and _lets_in(each, asked)]


def _lets_in(portfolio: Portfolio, asked: Asked) -> bool:
    """Patterns name no account: they are of the portfolio's own."""
    anywhere = asked.principal.replace(f"::{asked.catalog.account}:", ":::")
    return any(
        arn_like(arn, anywhere) if kind == "IAM_PATTERN" else arn == asked.principal
        for arn, kind in portfolio.principals.items()
    )


def _list(asked: Asked) -> dict[str, Any]:
    product = find_product(asked)
    return {"LaunchPathSummaries": [_summary(each, product, asked) for each in _portfolios(asked, product)]}


def _summary(portfolio: Portfolio, product: Product, asked: Asked) -> dict[str, Any]:
    return {
        "Id": path_id(portfolio.id),
        "Name": portfolio.name,
        "Tags": listed({**portfolio.tags, **product.tags}),
        "ConstraintSummaries": summaries(asked.catalog, portfolio.id, product.id),
    }


def _describe_parameters(asked: Asked) -> dict[str, Any]:
    product = find_product(asked)
    artifact, portfolio = find_artifact(asked, product), require_path(asked, product)
    outputs = parse_template(artifact.template).get("Outputs") or {}
    keys = [{"Key": name, "Description": output.get("Description")} for name, output in outputs.items()]
    return {
        "ProvisioningArtifactParameters": declared_parameters(artifact.template),
        "ConstraintSummaries": summaries(asked.catalog, portfolio.id, product.id),
        "UsageInstructions": [],
        "TagOptions": [],
        "ProvisioningArtifactOutputKeys": keys,
    }


def _describe_product(asked: Asked) -> dict[str, Any]:
    """As whoever may launch it sees it: without versions that are not active."""
    product = find_product(asked, "Id", "Name")
    portfolios = _portfolios(asked, product)
    if not portfolios:
        raise NotFoundError(f"Product {product.id} not found.")
    versions = [
        {
            "Id": each.id,
            "Name": each.name,
            "Description": each.description,
            "CreatedTime": each.created,
            "Guidance": each.guidance,
        }
        for each in product.artifacts.values()
        if each.active
    ]
    return {
        "ProductViewSummary": view_of(product),
        "ProvisioningArtifacts": versions,
        "Budgets": [],
        "LaunchPaths": [{"Id": path_id(each.id), "Name": each.name} for each in portfolios],
    }


def _search(asked: Asked) -> dict[str, Any]:
    """Of what the caller may launch; filters by full text in names."""
    words = [word.lower() for word in (asked.body.get("Filters") or {}).get("FullTextSearch") or []]
    return {
        "ProductViewSummaries": [
            view_of(each)
            for each in asked.catalog.products.values()
            if _portfolios(asked, each) and all(word in each.view["Name"].lower() for word in words)
        ],
        "ProductViewAggregations": {},
    }


ACTIONS: Mapping[str, Action] = {
    "DescribeProduct": _describe_product,
    "DescribeProvisioningParameters": _describe_parameters,
    "ListLaunchPaths": _list,
    "SearchProducts": _search,
}
