import pytest
from fakes import Fakes
from rendering import context_of, expect_keys_and_no_network, steps_of

from ci.commands import InputError
from ci.project import Project
from pipelines.pipeline import build_pipeline, inputs


def test_what_preprocessing_made_is_trained_with(project: Project) -> None:
    steps = steps_of(build_pipeline(context_of(project), "s3://b/prepared", 0.9))
    expect_keys_and_no_network(project, steps)
    train, _ = steps["Train"]["Arguments"]["InputDataConfig"]
    uri = train["DataSource"]["S3DataSource"]["S3Uri"]
    assert uri == {"Std:Join": {"On": "/", "Values": [{"Get": "Parameters.Prepared"}, "train"]}}


def test_before_the_first_preprocessing_it_is_said_what_to_do(project: Project) -> None:
    fakes = Fakes()
    fakes.refuse("s3", "get_object", "NoSuchKey", "The specified key does not exist.", 404)
    with pytest.raises(InputError, match="Remedy: let the preprocess repository's job run first"):
        inputs(fakes, project)
