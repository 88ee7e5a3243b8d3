"""Pipeline executions that a caller of SageMaker's API may name: those of the caller's account and region."""

from moto.sagemaker.exceptions import ResourceNotFound
from moto.sagemaker.responses import SageMakerResponse

from . import runs
from .runs import Run


def run_of_caller(response: SageMakerResponse) -> Run:
    """raises ResourceNotFound: where the caller has none of the ARN that the request names"""
    arn = response._get_param("PipelineExecutionArn")
    run = runs.find(arn)
    if run is None or not is_callers(response, run):
        raise ResourceNotFound(f"Pipeline execution with ARN {arn} does not exist.")
    return run


def is_callers(response: SageMakerResponse, run: Run) -> bool:
    return response.sagemaker_backend.pipelines.get(run.pipeline.pipeline_name) is run.pipeline
