"""What a model's pipelines are told of the account that they are rendered for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sagemaker.workflow.pipeline_context import PipelineSession


@dataclass(frozen=True)
class Context:
    """Names, ARNs and URIs, computed from the environment files."""

    model: str
    """Name of the model: that of its folder."""
    region: str
    account: str
    data_bucket: str
    """Name of the account's bucket. Rows lie below `data_uri` in it."""
    data_uri: str
    """`s3://<data bucket>/<model>`: what the model's executions read and write."""
    artifacts_uri: str
    """`s3://…` in the registry's account: what executions write there lies below it."""
    kms_key_arn: str
    """ARN of the alias of the account's key, for outputs."""
    volume_key_arn: str
    """ARN of the key itself, for volumes."""
    model_package_group_arn: str
    execution_role_arn: str
    latest_approved_model_function_arn: str
    """Function that answers with the latest approved version: a LambdaStep calls it."""
    seal_version_function_arn: str
    """Function that keeps a version's files where nobody overwrites them: a LambdaStep calls it before registering."""
    subnet_ids: tuple[str, ...] = ()
    """Of the account's network, where it has one. Jobs are put there without a word of the pipeline's."""
    security_group_ids: tuple[str, ...] = ()

    @property
    def default_prefix(self) -> str:
        """Where the SDK puts in the data bucket what a pipeline gives no place: beside the scripts, not above them."""
        return f"{self.model}/sdk"

    @cached_property
    def session(self) -> PipelineSession:
        """The SDK's `PipelineSession`, whose default bucket is the data bucket."""
        import boto3

        from .sdk import module

        return module("workflow.pipeline_context").PipelineSession(
            boto_session=boto3.Session(region_name=self.region),
            default_bucket=self.data_bucket,
            default_bucket_prefix=self.default_prefix,
        )


def context_of(values: dict[str, Any]) -> Context:
    """A context out of JSON."""
    return Context(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
