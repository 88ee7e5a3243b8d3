from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.stub import ANY
from fakes import Fakes

from ci.commands import RunError
from ci.execution import deploy_pipeline, run_pipeline
from ci.project import Project
from ci.scripts import upload_scripts

PIPELINE = "arn:aws:sagemaker:us-east-1:111111111111:pipeline/churn"
ARN = f"{PIPELINE}/execution/abcdefghijkl"


def execution(status: str, **more: Any) -> dict[str, Any]:
    return {"PipelineArn": PIPELINE, "PipelineExecutionArn": ARN, "PipelineExecutionStatus": status, **more}


def ends(fakes: Fakes, *looks: tuple[str, list[dict[str, Any]]]) -> None:
    fakes.answer("sagemaker", "start_pipeline_execution", {"PipelineExecutionArn": ARN})
    for status, steps in looks:
        fakes.answer("sagemaker", "describe_pipeline_execution", execution(status))
        fakes.answer("sagemaker", "list_pipeline_execution_steps", {"PipelineExecutionSteps": steps})


def test_defect_an_execution_is_waited_for_longer_than_half_an_hour() -> None:
    """SageMaker's own client gives up after sixty looks, half a minute apart."""
    fakes, pauses = Fakes(), []
    ends(fakes, *[("Executing", [])] * 120, ("Succeeded", [{"StepName": "Train", "StepStatus": "Succeeded"}]))
    done = run_pipeline(fakes, "churn", {}, pauses.append)
    assert (done.id, list(done.steps), sum(pauses) > 1800) == ("abcdefghijkl", ["Train"], True)


@pytest.mark.parametrize("status", ["Failed", "Stopped"])
def test_defect_whatever_does_not_succeed_is_a_failure_with_its_reason(status: str) -> None:
    """A peer's test takes Stopped for a success."""
    fakes = Fakes()
    ends(fakes, (status, [{"StepName": "Train", "StepStatus": status, "FailureReason": "no rows"}]))
    with pytest.raises(RunError, match=f"is {status}\nTrain: no rows"):
        run_pipeline(fakes, "churn", {})


def test_a_pipeline_is_made_with_the_projects_tags_and_changed_where_it_is_there(project: Project) -> None:
    given = {
        "PipelineName": "churn",
        "PipelineDescription": ANY,
        "PipelineDefinition": "{}",
        "RoleArn": project.execution_role_arn,
    }
    fakes = Fakes()
    fakes.refuse("sagemaker", "describe_pipeline", "ResourceNotFound", "Pipeline churn does not exist.")
    made = {**given, "ClientRequestToken": ANY, "Tags": project.tags()}
    fakes.answer("sagemaker", "create_pipeline", {"PipelineArn": PIPELINE}, made)
    deploy_pipeline(fakes, project, "churn", "{}", project.tags())
    fakes.answer("sagemaker", "describe_pipeline", {"PipelineName": "churn"})
    fakes.answer("sagemaker", "update_pipeline", {"PipelineArn": PIPELINE}, given)
    deploy_pipeline(fakes, project, "churn", "{}", project.tags())
    fakes.expect_all_asked()


def test_scripts_are_named_by_their_content_and_written_once_under_the_projects_key(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text("print(1)\n")
    fakes = Fakes()
    fakes.refuse("s3", "head_object", "404", "Not Found", 404)
    written = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": project.key_arn, "Body": b"print(1)\n"}
    fakes.answer("s3", "put_object", {}, {"Bucket": project.bucket, "Key": ANY, **written})
    first = upload_scripts(fakes, project, tmp_path)
    fakes.answer("s3", "head_object", {})
    assert upload_scripts(fakes, project, tmp_path) == first
    assert first["a.py"].startswith(f"s3://{project.bucket}/{project.prefix}/scripts/")
    fakes.expect_all_asked()
