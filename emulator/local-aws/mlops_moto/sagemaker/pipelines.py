"""
SageMaker pipelines as AWS answers for them. moto (5.2.5) says ValidationException of one that does not exist, at which
Terraform fails where it should make it again, and keeps a definition read from S3 as an object, not as its text.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipeline.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.s3.models import s3_backends
from moto.sagemaker import models
from moto.sagemaker.exceptions import ResourceNotFound, ValidationError
from moto.sagemaker.utils import get_pipeline_execution_from_arn, get_pipeline_from_name


def _or_not_found(look_up: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def looked_up(pipelines: Any, name: str) -> Any:
        try:
            return look_up(pipelines, name)
        except (ValidationError, IndexError) as error:
            raise ResourceNotFound(getattr(error, "message", f"No ARN of a pipeline execution: {name}")) from error

    return looked_up


find_pipeline = _or_not_found(get_pipeline_from_name)
find_execution = _or_not_found(get_pipeline_execution_from_arn)


def install() -> None:
    vars(models)["get_pipeline_from_name"] = find_pipeline
    vars(models)["get_pipeline_execution_from_arn"] = find_execution
    vars(models)["load_pipeline_definition_from_s3"] = _definition_from_s3


def _definition_from_s3(location: Mapping[str, str], account_id: str, partition: str) -> str:
    bucket, key = location["Bucket"], location["ObjectKey"]
    found = s3_backends[account_id][partition].get_object(bucket, key, location.get("VersionId"))
    if found is None:
        raise ValidationError(f"Could not read the pipeline definition s3://{bucket}/{key}.")
    return bytes(found.value).decode()
