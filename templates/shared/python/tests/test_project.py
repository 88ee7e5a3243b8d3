import json
from pathlib import Path

import pytest

from ci.commands import InputError, RunError, run
from ci.project import Project, open_session, read_project
from ci.storage import link, place, split


def as_file(project: Project, **changes: object) -> dict[str, object]:
    words = {key: "".join([key.split("_")[0], *(part.title() for part in key.split("_")[1:])]) for key in vars(project)}
    return {words[key]: value for key, value in vars(project).items()} | changes


def test_the_file_that_the_template_writes_is_read(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_text(json.dumps(as_file(project, template="jenkins", templateVersion="1")))
    assert read_project(path) == project
    assert read_project(path).name == "churn-p-abcdefghijkl"


def test_everything_that_is_wrong_in_it_is_said_at_once(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_text(json.dumps(as_file(project, region=7, ciRoleArn="admin", projectName="a" * 33)))
    with pytest.raises(InputError) as caught:
        read_project(path)
    assert [line.split()[1] for line in str(caught.value).splitlines()] == ["projectName", "region", "ciRoleArn"]


def test_defect_nothing_is_assumed_of_the_partition(project: Project) -> None:
    """The peers' code has arn:aws: in it."""
    source = "".join(path.read_text() for path in Path("ci").glob("*.py"))
    assert "arn:aws:" not in source


def test_credentials_are_the_ci_roles_and_renewed(project: Project) -> None:
    credentials = open_session(project)._session.get_credentials()
    assert credentials is not None
    assert (credentials.method, type(credentials).__name__) == ("ci-role", "DeferredRefreshableCredentials")
    own = open_session(project, as_me=True)._session.get_credentials()
    assert own is not None
    assert own.access_key == "nobody"


def test_places_are_below_the_projects_prefix(project: Project) -> None:
    uri = place(project, "runs", "1")
    assert uri == "s3://projects-111111111111/p-abcdefghijkl/runs/1"
    assert split(uri) == ("projects-111111111111", "p-abcdefghijkl/runs/1")
    assert link(project, uri).startswith("https://us-east-1.console.aws.amazon.com/s3/object/projects-111111111111?")


@pytest.mark.parametrize(("error", "code"), [(InputError("x"), 2), (RunError("x"), 1)])
def test_defect_exit_codes_tell_whose_fault_it_is(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The peers end with 1 whatever went wrong, or with 0."""

    def fails() -> None:
        raise error

    with pytest.raises(SystemExit) as caught:
        run(fails)
    assert (caught.value.code, capsys.readouterr().err) == (code, "error: x\n")
