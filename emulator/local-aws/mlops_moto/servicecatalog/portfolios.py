"""
Portfolios: which products are in them, who may launch those, and with which accounts they are shared.
https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreatePortfolio.html
"""

from collections.abc import Mapping
from typing import Any

from .actions import Action, Asked, InUseError, InvalidError, found, listed, retag, tags_in
from .state import Portfolio, new_id
from .tag_options import options_of

_PRINCIPAL_TYPES = ("IAM", "IAM_PATTERN")
_CHANGEABLE = {"DisplayName": "name", "Description": "description", "ProviderName": "provider"}


def _create(asked: Asked) -> dict[str, Any]:
    key = new_id("port")
    made = Portfolio(
        key,
        asked.catalog.arn(f"portfolio/{key}"),
        asked.text("DisplayName"),
        asked.text("Description"),
        asked.text("ProviderName"),
        tags_in(asked.body),
    )
    asked.catalog.portfolios[key] = made
    return {"PortfolioDetail": _detail(made), "Tags": listed(made.tags)}


def _describe(asked: Asked) -> dict[str, Any]:
    portfolio = _find(asked, "Id")
    options = options_of(asked.catalog, portfolio.id)
    return {"PortfolioDetail": _detail(portfolio), "Tags": listed(portfolio.tags), "TagOptions": options, "Budgets": []}


def _update(asked: Asked) -> dict[str, Any]:
    portfolio = _find(asked, "Id")
    for name, attribute in _CHANGEABLE.items():
        if name in asked.body:
            setattr(portfolio, attribute, asked.text(name))
    retag(portfolio.tags, asked.body)
    return {"PortfolioDetail": _detail(portfolio), "Tags": listed(portfolio.tags)}


def _delete(asked: Asked) -> None:
    portfolio = _find(asked, "Id")
    if portfolio.products or portfolio.principals or portfolio.shares:
        raise InUseError(f"Portfolio {portfolio.id} has products, principals or shares.")
    del asked.catalog.portfolios[portfolio.id]


def _list(asked: Asked) -> dict[str, Any]:
    return {"PortfolioDetails": [_detail(each) for each in asked.catalog.portfolios.values()]}


def _add_product(asked: Asked) -> None:
    portfolio = _find(asked)
    product = found(asked.catalog.products, asked.text("ProductId"), "Product")
    if product.id not in portfolio.products:
        portfolio.products.append(product.id)


def _remove_product(asked: Asked) -> None:
    portfolio, product = _find(asked), asked.text("ProductId")
    if any((each.portfolio, each.product) == (portfolio.id, product) for each in asked.catalog.constraints.values()):
        raise InUseError(f"Product {product} has constraints in portfolio {portfolio.id}.")
    found(dict.fromkeys(portfolio.products), product, "Product")
    portfolio.products.remove(product)


def _list_of_product(asked: Asked) -> dict[str, Any]:
    product = found(asked.catalog.products, asked.text("ProductId"), "Product")
    has_it = [each for each in asked.catalog.portfolios.values() if product.id in each.products]
    return {"PortfolioDetails": [_detail(each) for each in has_it]}


def _add_principal(asked: Asked) -> None:
    arn, kind = asked.text("PrincipalARN"), asked.text("PrincipalType")
    if kind not in _PRINCIPAL_TYPES:
        raise InvalidError(f"PrincipalType must be one of {', '.join(_PRINCIPAL_TYPES)}, got: {kind}")
    if kind == "IAM" and ("*" in arn or "?" in arn):
        raise InvalidError(f"Principals of type IAM have no wildcards: {arn}")
    _find(asked).principals[arn] = kind


def _remove_principal(asked: Asked) -> None:
    portfolio = _find(asked)
    found(portfolio.principals, asked.text("PrincipalARN"), "Principal")
    del portfolio.principals[asked.text("PrincipalARN")]


def _list_principals(asked: Asked) -> dict[str, Any]:
    principals = _find(asked).principals
    return {"Principals": [{"PrincipalARN": arn, "PrincipalType": kind} for arn, kind in principals.items()]}


def _share(asked: Asked) -> None:
    """Kept; nothing is launched in the account that it is shared with."""
    account = asked.text("AccountId")
    if not account:
        raise InvalidError("Local AWS shares portfolios with accounts alone: OrganizationNode")
    _find(asked).shares[account] = {
        "PrincipalId": account,
        "Type": "ACCOUNT",
        "Accepted": False,
        "ShareTagOptions": bool(asked.body.get("ShareTagOptions")),
        "SharePrincipals": bool(asked.body.get("SharePrincipals")),
    }


def _unshare(asked: Asked) -> None:
    portfolio = _find(asked)
    found(portfolio.shares, asked.text("AccountId"), "Share")
    del portfolio.shares[asked.text("AccountId")]


def _find(asked: Asked, name: str = "PortfolioId") -> Portfolio:
    return found(asked.catalog.portfolios, asked.text(name), "Portfolio")


def _detail(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "Id": portfolio.id,
        "ARN": portfolio.arn,
        "DisplayName": portfolio.name,
        "Description": portfolio.description,
        "ProviderName": portfolio.provider,
        "CreatedTime": portfolio.created,
    }


ACTIONS: Mapping[str, Action] = {
    "AssociatePrincipalWithPortfolio": _add_principal,
    "AssociateProductWithPortfolio": _add_product,
    "CreatePortfolio": _create,
    "CreatePortfolioShare": _share,
    "DeletePortfolio": _delete,
    "DeletePortfolioShare": _unshare,
    "DescribePortfolio": _describe,
    "DescribePortfolioShares": lambda asked: {"PortfolioShareDetails": list(_find(asked).shares.values())},
    "DisassociatePrincipalFromPortfolio": _remove_principal,
    "DisassociateProductFromPortfolio": _remove_product,
    "ListPortfolioAccess": lambda asked: {"AccountIds": list(_find(asked).shares)},
    "ListPortfolios": _list,
    "ListPortfoliosForProduct": _list_of_product,
    "ListPrincipalsForPortfolio": _list_principals,
    "UpdatePortfolio": _update,
}
