from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import Fakes
from rendering import context_of, steps_of

from ci.commands import InputError
from ci.deploy import expect_planned
from ci.plan import plan_file, words
from ci.project import Project
from ci.served import describe, served_version
from ci.version import Version
from pipelines.batch import batch_pipeline, read_machines

ARN = "arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-p-abcdefghijkl"
VERSION = Version(
    f"{ARN}/3", 0.98, "s3://b/held-out", "asked for", {"Image": "image", "ModelDataUrl": "s3://b/model.tar.gz"}
)


def definition(project: Project, stage: str = "staging") -> str:
    return batch_pipeline(context_of(project), VERSION, stage, read_machines(stage)).definition()


def test_a_file_is_scored_with_the_version_that_was_deployed(project: Project) -> None:
    pipeline = batch_pipeline(context_of(project), VERSION, "staging", read_machines("staging"))
    steps = steps_of(pipeline)
    assert (pipeline.name, list(steps)) == ("churn-p-abcdefghijkl-batch-staging", ["Create-CreateModel", "Score"])
    assert steps["Create-CreateModel"]["Arguments"]["PrimaryContainer"]["ModelDataUrl"] == "s3://b/model.tar.gz"
    transform = steps["Score"]["Arguments"]
    assert transform["TransformOutput"]["KmsKeyId"] == project.key_arn
    assert transform["TransformResources"]["VolumeKmsKeyId"] == project.key_arn


def test_defect_the_machines_that_are_asked_for_are_those_that_score(project: Project) -> None:
    """The peers' type and count are fixed in code, whatever their parameters say."""
    pipeline = batch_pipeline(context_of(project), VERSION, "production", read_machines("production"))
    resources = steps_of(pipeline)["Score"]["Arguments"]["TransformResources"]
    assert resources["InstanceType"] == {"Get": "Parameters.InstanceType"}
    assert resources["InstanceCount"] == {"Get": "Parameters.InstanceCount"}


def test_defect_predictions_lie_below_execution_and_version(project: Project) -> None:
    """The peers' runs all write to one prefix, and nothing says by which version."""
    pipeline = batch_pipeline(context_of(project), VERSION, "staging", read_machines("staging"))
    place = steps_of(pipeline)["Score"]["Arguments"]["TransformOutput"]["S3OutputPath"]["Std:Join"]["Values"]
    assert place[1:] == [{"Get": "Execution.PipelineExecutionId"}, "predictions", "staging", "3"]


def test_what_a_stage_scores_with_is_in_the_deployed_pipeline(project: Project) -> None:
    fakes = Fakes()
    fakes.answer("sagemaker", "describe_pipeline", {"PipelineDescription": describe(VERSION)})
    assert served_version(fakes, project, "staging") == VERSION.arn
    fakes.refuse("sagemaker", "describe_pipeline", "ResourceNotFound", "does not exist")
    assert served_version(fakes, project, "production") is None


def test_a_plan_says_in_words_what_would_change(project: Project) -> None:
    wanted = definition(project, "production")
    assert words(VERSION, wanted, None, None) == ["version 3, where nothing is deployed yet"]
    assert words(VERSION, wanted, f"{ARN}/2", definition(project)) == [
        "version 3 instead of 2",
        "InstanceCount 2, now 1",
    ]


def test_what_was_approved_is_what_happens(release_folder: Path) -> None:
    release_folder.mkdir()
    plan_file("production").write_text(json.dumps({"before": "a", "release": "r"}))
    expect_planned("production", "a", "r")
    with pytest.raises(InputError, match="has changed since the plan"):
        expect_planned("production", "b", "r")
