"""IAM: who a caller is, what a policy says, and what Terraform asks of a user."""

from .users import install

__all__ = ["install"]
