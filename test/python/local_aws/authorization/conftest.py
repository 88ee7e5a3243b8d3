"""A local AWS where policies count, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from judged_roles import OTHER, OWN
from local_account import Account
from started_local_aws import deciding, started_local_aws

_ADMINISTRATOR = "OrganizationAccountAccessRole"


@pytest.fixture(scope="package")
def endpoint() -> Iterator[str]:
    administrators = [f"arn:aws:iam::{account}:role/{_ADMINISTRATOR}" for account in (OWN, OTHER)]
    with started_local_aws(*deciding(*administrators)) as server:
        yield server.endpoint


@pytest.fixture(scope="package")
def own(endpoint: str) -> Account:
    return Account(endpoint, OWN)


@pytest.fixture(scope="package")
def other(endpoint: str) -> Account:
    return Account(endpoint, OTHER)
