"""Service Quotas: what SageMaker lets a new account run, and requests for more."""

from .requests import install

__all__ = ["install"]
