"""API Gateway: HTTP APIs that answer at their invoke URLs, and what is not played refused when it is made."""

from .invoke_urls import InvokeUrls
from .settings import install

__all__ = ["InvokeUrls", "install"]
