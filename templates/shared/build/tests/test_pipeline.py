from rendering import context_of, expect_keys_and_no_network, steps_of

from ci.data import read_settings
from ci.project import Project
from pipelines.pipeline import build_pipeline


def test_rows_are_prepared_then_trained_with_and_each_execution_keeps_its_own(project: Project) -> None:
    pipeline = build_pipeline(context_of(project), read_settings(), 0.9)
    steps = steps_of(pipeline)
    assert (pipeline.name, next(iter(steps))) == ("churn-p-abcdefghijkl-build", "Prepare")
    expect_keys_and_no_network(project, steps)
    outputs = steps["Prepare"]["Arguments"]["ProcessingOutputConfig"]["Outputs"]
    assert [each["OutputName"] for each in outputs] == ["train", "validation", "held-out"]
    for output in outputs:
        place = output["S3Output"]["S3Uri"]["Std:Join"]["Values"]
        assert place[:2] == [
            "s3://projects-111111111111/p-abcdefghijkl/runs",
            {"Get": "Execution.PipelineExecutionId"},
        ]
