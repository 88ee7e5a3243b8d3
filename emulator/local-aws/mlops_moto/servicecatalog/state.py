"""What an account's catalog of a region holds."""

import secrets
import string
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.utils import utcnow

_ALPHABET = string.ascii_lowercase + string.digits


def new_id(kind: str) -> str:
    """As AWS's: `prod-abcdzk7xy33qa`."""
    return f"{kind}-{''.join(secrets.choice(_ALPHABET) for _ in range(13))}"


@dataclass
class Portfolio:
    """`principals`: who may launch what is in it, by ARN or a pattern of ARNs, each with its type."""

    id: str
    arn: str
    name: str
    description: str
    provider: str
    tags: dict[str, str]
    created: datetime = field(default_factory=utcnow)
    products: list[str] = field(default_factory=list)
    principals: dict[str, str] = field(default_factory=dict)
    shares: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Artifact:
    """A version of a product: a template as it was read when the version was made."""

    id: str
    name: str
    description: str
    url: str
    template: str
    created: datetime = field(default_factory=utcnow)
    active: bool = True
    guidance: str = "DEFAULT"


@dataclass
class Product:
    id: str
    arn: str
    view_id: str
    view: dict[str, str]
    tags: dict[str, str]
    created: datetime = field(default_factory=utcnow)
    artifacts: dict[str, Artifact] = field(default_factory=dict)


@dataclass
class Constraint:
    """`parameters` is JSON."""

    id: str
    kind: str
    portfolio: str
    product: str
    description: str
    parameters: str


@dataclass
class TagOption:
    id: str
    key: str
    value: str
    active: bool = True
    resources: list[str] = field(default_factory=list)


@dataclass
class Provisioned:
    """A product that was launched, which is a stack. `access_key` is that of whoever asked last."""

    id: str
    arn: str
    name: str
    stack: str
    product: str
    artifact: str
    path: str
    launch_role: str | None
    access_key: str
    records: list[str]
    status: str = "UNDER_CHANGE"
    message: str = ""
    created: datetime = field(default_factory=utcnow)


@dataclass
class Record:
    """What was asked of a provisioned product, and what became of it. `errors`: codes and descriptions."""

    id: str
    kind: str
    provisioned: str
    name: str
    product: str
    artifact: str
    path: str
    launch_role: str | None
    tags: dict[str, str]
    status: str = "CREATED"
    errors: list[tuple[str, str]] = field(default_factory=list)
    outputs: list[dict[str, str]] = field(default_factory=list)
    created: datetime = field(default_factory=utcnow)
    updated: datetime = field(default_factory=utcnow)


@dataclass
class Catalog:
    account: str
    region: str
    portfolios: dict[str, Portfolio] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    constraints: dict[str, Constraint] = field(default_factory=dict)
    tag_options: dict[str, TagOption] = field(default_factory=dict)
    provisioned: dict[str, Provisioned] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    def arn(self, resource: str, service: str = "catalog") -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


_CATALOGS: dict[tuple[str, str], Catalog] = {}


def catalog_of(account: str, region: str) -> Catalog:
    return _CATALOGS.setdefault((account, region), Catalog(account, region))


def all_catalogs() -> list[Catalog]:
    return list(_CATALOGS.values())
