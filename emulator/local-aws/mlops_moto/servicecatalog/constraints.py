"""
Constraints of the kind LAUNCH: the role that Service Catalog works as for whoever launches a product.
https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
"""

import json
from collections.abc import Mapping
from typing import Any

from .actions import Action, Asked, DuplicateError, InvalidError, NotFoundError, found
from .state import Catalog, Constraint, new_id

_ROLES = {"RoleArn", "LocalRoleName"}


def launch_role(catalog: Catalog, portfolio: str, product: str) -> str | None:
    """None: whoever launches works as itself."""
    for each in catalog.constraints.values():
        if (each.portfolio, each.product) == (portfolio, product):
            role = json.loads(each.parameters)
            return str(role.get("RoleArn") or f"arn:aws:iam::{catalog.account}:role/{role['LocalRoleName']}")
    return None


def summaries(catalog: Catalog, portfolio: str, product: str) -> list[dict[str, str]]:
    return [
        {"Type": each.kind, "Description": each.description}
        for each in catalog.constraints.values()
        if (each.portfolio, each.product) == (portfolio, product)
    ]


def _create(asked: Asked) -> dict[str, Any]:
    catalog, kind = asked.catalog, asked.text("Type")
    portfolio = found(catalog.portfolios, asked.text("PortfolioId"), "Portfolio")
    product = found(catalog.products, asked.text("ProductId"), "Product")
    if product.id not in portfolio.products:
        raise NotFoundError(f"Product {product.id} is not associated with portfolio {portfolio.id}.")
    if kind != "LAUNCH":
        raise InvalidError(f"Local AWS knows constraints of type LAUNCH alone, got: {kind}")
    if launch_role(catalog, portfolio.id, product.id):
        raise DuplicateError(f"Product {product.id} has a launch constraint in portfolio {portfolio.id} already.")
    parameters = _checked(asked.text("Parameters"))
    made = Constraint(new_id("cons"), kind, portfolio.id, product.id, asked.text("Description"), parameters)
    catalog.constraints[made.id] = made
    return _told(made, asked)


def _checked(parameters: str) -> str:
    try:
        given = json.loads(parameters)
    except ValueError as error:
        raise InvalidError(f"Parameters are no JSON: {error}") from error
    if not isinstance(given, dict) or len(given) != 1 or not set(given) <= _ROLES or not all(given.values()):
        raise InvalidError(f"Parameters of a launch constraint are RoleArn or LocalRoleName, got: {parameters}")
    return parameters


def _update(asked: Asked) -> dict[str, Any]:
    constraint = _find(asked)
    constraint.description = asked.body.get("Description", constraint.description)
    constraint.parameters = _checked(asked.body.get("Parameters", constraint.parameters))
    return _told(constraint, asked)


def _delete(asked: Asked) -> None:
    del asked.catalog.constraints[_find(asked).id]


def _list(asked: Asked) -> dict[str, Any]:
    portfolio, product = asked.text("PortfolioId"), asked.text("ProductId")
    return {
        "ConstraintDetails": [
            _detail(each, asked.catalog)
            for each in asked.catalog.constraints.values()
            if each.portfolio == portfolio and product in ("", each.product)
        ]
    }


def _find(asked: Asked) -> Constraint:
    return found(asked.catalog.constraints, asked.text("Id"), "Constraint")


def _told(constraint: Constraint, asked: Asked) -> dict[str, Any]:
    return {
        "ConstraintDetail": _detail(constraint, asked.catalog),
        "ConstraintParameters": constraint.parameters,
        "Status": "AVAILABLE",
    }


def _detail(constraint: Constraint, catalog: Catalog) -> dict[str, str]:
    return {
        "ConstraintId": constraint.id,
        "Type": constraint.kind,
        "Description": constraint.description,
        "Owner": catalog.account,
        "ProductId": constraint.product,
        "PortfolioId": constraint.portfolio,
    }


ACTIONS: Mapping[str, Action] = {
    "CreateConstraint": _create,
    "DeleteConstraint": _delete,
    "DescribeConstraint": lambda asked: _told(_find(asked), asked),
    "ListConstraintsForPortfolio": _list,
    "UpdateConstraint": _update,
}
