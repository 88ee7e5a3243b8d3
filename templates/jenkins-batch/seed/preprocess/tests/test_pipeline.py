from rendering import context_of, expect_keys_and_no_network, steps_of

from ci.data import read_settings
from ci.project import Project
from pipelines.pipeline import preprocess_pipeline


def test_rows_are_prepared_under_the_projects_key(project: Project) -> None:
    pipeline = preprocess_pipeline(context_of(project), read_settings())
    steps = steps_of(pipeline)
    assert (pipeline.name, list(steps)) == ("churn-p-abcdefghijkl-preprocess", ["Prepare"])
    expect_keys_and_no_network(project, steps)
