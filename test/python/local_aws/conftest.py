"""A started local AWS, and accounts in it; each test takes an account of its own, so that nothing is shared."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOCAL_AWS = HERE.parents[2] / "emulator" / "local-aws"
sys.path[:0] = [str(HERE / "support"), str(HERE.parent / "xgboost_image"), str(LOCAL_AWS)]

from local_account import Account  # noqa: E402 (found by the path above)
from mlops_moto import service_models  # noqa: E402
from served_models import Serving  # noqa: E402
from started_local_aws import started_local_aws  # noqa: E402
from token_issuer import ISSUER, TokenIssuer, token_issuer  # noqa: E402
from worker_client import Worker  # noqa: E402

service_models.share()  # here, too


@pytest.fixture(scope="session")
def issuer() -> Iterator[TokenIssuer]:
    with token_issuer() as issuer:
        yield issuer


@pytest.fixture(scope="session")
def endpoint(issuer: TokenIssuer) -> Iterator[str]:
    """Address of a local AWS that ends with the tests."""
    with started_local_aws(elsewhere={ISSUER: issuer.address}) as server:
        yield server.endpoint


_numbers = itertools.count(500000000001)


@pytest.fixture
def account(endpoint: str) -> Account:
    return Account(endpoint, str(next(_numbers)))


@pytest.fixture
def other_account(endpoint: str) -> Account:
    return Account(endpoint, str(next(_numbers)))


@pytest.fixture(scope="session")
def served(endpoint: str) -> Serving:
    """
    An account with an endpoint `steady` that is in service to the end, so that whatever serves the same model does not
    wait for a program to start.
    """
    serving = Serving(Account(endpoint, "599999999901")).create()
    serving.serve("steady")
    return serving


@pytest.fixture
def worker(endpoint: str) -> Worker:
    """The one worker that executions are handed to."""
    return Worker(endpoint, f"worker-{next(_numbers)}").register()
