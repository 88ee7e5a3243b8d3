"""Every status that an execution and its steps have had, in order: SageMaker shows only the latest."""

from ..sagemaker import runs
from .api import ActionError, Body, required


def execution_history(body: Body) -> dict[str, list[dict[str, str]]]:
    """ExecutionHistory; entries without a `step` are the execution's own."""
    arn = required(body, "executionArn")
    run = runs.find(arn)
    if run is None:
        raise ActionError(404, f"Pipeline execution {arn} does not exist")
    return {"history": run.history}
