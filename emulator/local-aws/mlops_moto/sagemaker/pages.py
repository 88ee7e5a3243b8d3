"""Lists that are given out a page at a time, as SageMaker does."""

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.responses import SageMakerResponse

Item = TypeVar("Item")

LARGEST = 100
"""Items on a page at most, and where the caller does not say."""


def page(
    response: SageMakerResponse, items: Sequence[Item], name: Callable[[Item], str]
) -> tuple[Sequence[Item], str | None]:
    """
    The page a request asks for by `MaxResults` and `NextToken`, and the token of the page after it. A token says by
    name behind which item to go on, so that what is added in between moves nothing.

    raises ValidationError: where either is out of range
    """
    size = response._get_param("MaxResults") or LARGEST
    if not 1 <= int(size) <= LARGEST:
        raise ValidationError(f"MaxResults must be between 1 and {LARGEST}, got: {size}")
    start = _start([name(item) for item in items], response._get_param("NextToken"))
    end = start + int(size)
    token = _encode(name(items[end - 1])) if end < len(items) else None
    return items[start:end], token


def _start(names: list[str], token: str | None) -> int:
    if not token:
        return 0
    try:
        return names.index(base64.urlsafe_b64decode(token.encode()).decode()) + 1
    except ValueError as error:
        raise ValidationError(f"Invalid pagination token: {token}") from error


def _encode(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode()
