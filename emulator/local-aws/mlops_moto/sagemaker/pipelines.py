"""
SageMaker pipelines as AWS answers for them. moto (5.2.5) takes any text for a definition, says ValidationException of a
pipeline that does not exist, at which Terraform fails where it should make it again, and keeps a definition read from
S3 as an object, not as its text.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipeline.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.s3.models import s3_backends
from moto.sagemaker import models
from moto.sagemaker.exceptions import ResourceNotFound, ValidationError
from moto.sagemaker.models import SageMakerModelBackend
from moto.sagemaker.utils import get_pipeline_execution_from_arn, get_pipeline_from_name

from ..patching import replace
from .definitions import check_definition

_create_by_moto = SageMakerModelBackend.create_pipeline
_update_by_moto = SageMakerModelBackend.update_pipeline


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
    replace(SageMakerModelBackend, "create_pipeline", _create)
    replace(SageMakerModelBackend, "update_pipeline", _update)


def _create(backend: SageMakerModelBackend, **given: Any) -> Any:
    _check(backend, given)
    return _create_by_moto(backend, **given)


def _update(backend: SageMakerModelBackend, pipeline_name: str, **given: Any) -> str:
    _check(backend, given)
    return _update_by_moto(backend, pipeline_name, **given)


def _check(backend: SageMakerModelBackend, given: Mapping[str, Any]) -> None:
    """raises ValidationError: where SageMaker would refuse the definition, given as text or as a place in S3"""
    text, location = given.get("pipeline_definition"), given.get("pipeline_definition_s3_location")
    if location and not text:
        text = _definition_from_s3(location, backend.account_id, backend.partition)
    if text:
        check_definition(text)


def _definition_from_s3(location: Mapping[str, str], account_id: str, partition: str) -> str:
    bucket, key = location["Bucket"], location["ObjectKey"]
    found = s3_backends[account_id][partition].get_object(bucket, key, location.get("VersionId"))
    if found is None:
        raise ValidationError(f"Could not read the pipeline definition s3://{bucket}/{key}.")
    return bytes(found.value).decode()
