from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import cfnlint
import pytest
from botocore.response import StreamingBody
from fakes import Fakes

from ci.commands import InputError, RunError
from ci.deploy import expect_planned
from ci.endpoint import configuration_of, expect_serving, parameters, read_settings
from ci.plan import plan_file, words
from ci.project import Project
from ci.test_staging import score
from ci.version import Version

TEMPLATE = Path("endpoint.json").read_text(encoding="utf-8")
VERSION = Version(
    "arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-p-abcdefghijkl/3",
    0.98,
    "s3://b/held-out",
    "asked for",
)
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_cfn_lint_finds_nothing_in_the_template() -> None:
    assert cfnlint.lint(TEMPLATE) == []


def test_defect_what_is_captured_can_be_read_as_text_and_has_the_key_of_its_bucket() -> None:
    """The peers' captures are base64, for they name no content types; GitLab's has none at all."""
    config = json.loads(TEMPLATE)["Resources"]["EndpointConfig"]["Properties"]
    capture = config["DataCaptureConfig"]["Fn::If"][1]
    assert capture["CaptureContentTypeHeader"]["CsvContentTypes"] == ["text/csv"]
    assert config["KmsKeyId"] == {"Fn::GetAtt": ["Key", "Arn"]}
    # The bucket takes its own key alone, and captures are read when the endpoint has gone.
    assert capture["KmsKeyId"] == {"Ref": "CaptureKeyArn"}


def test_a_release_that_fails_is_rolled_back_by_alarms() -> None:
    resources = json.loads(TEMPLATE)["Resources"]
    alarms = resources["Endpoint"]["Properties"]["DeploymentConfig"]["AutoRollbackConfiguration"]["Alarms"]
    assert {resources[alarm["AlarmName"]["Ref"]]["Type"] for alarm in alarms} == {"AWS::CloudWatch::Alarm"}


def test_what_this_repository_says_of_its_stages_are_the_templates_parameters(project: Project) -> None:
    for stage in ("staging", "production"):
        assert parameters(project, VERSION, stage, TEMPLATE).keys() == json.loads(TEMPLATE)["Parameters"].keys()


def test_defect_production_has_a_second_zone() -> None:
    """With one instance it has one zone."""
    assert int(read_settings("production")["InstanceCount"]) >= 2


def test_names_differ_where_what_they_name_does(project: Project) -> None:
    first = parameters(project, VERSION, "staging", TEMPLATE)
    assert parameters(project, VERSION, "staging", TEMPLATE) == first
    newer = Version(VERSION.arn.replace("/3", "/4"), 0.98, VERSION.held_out, "asked for")
    others = [
        parameters(project, newer, "staging", TEMPLATE),
        parameters(project, VERSION, "production", TEMPLATE),
        parameters(project, VERSION, "staging", TEMPLATE + " "),
    ]
    assert len({configuration_of(each) for each in [first, *others]}) == 4
    assert len(configuration_of(first)) <= 63


def test_everything_that_is_wrong_in_settings_is_said_at_once(tmp_path: Path) -> None:
    settings = {"instanceType": "m5", "instanceCount": 0, "capturePercent": True, "latencyMilliseconds": 9, "more": 1}
    (tmp_path / "staging.json").write_text(json.dumps(settings))
    with pytest.raises(InputError) as caught:
        read_settings("staging", tmp_path)
    said = [re.search(r": (?:there is no setting )?(\w+)", line)[1] for line in str(caught.value).splitlines()]
    assert said == ["instanceType", "instanceCount", "capturePercent", "more"]


def endpoint(status: str, configuration: str, **more: Any) -> dict[str, Any]:
    name = "churn-p-abcdefghijkl-staging"
    arn = f"arn:aws:sagemaker:us-east-1:111111111111:endpoint/{name}"
    times = {"CreationTime": NOW, "LastModifiedTime": NOW}
    return {
        "EndpointName": name,
        "EndpointArn": arn,
        "EndpointStatus": status,
        "EndpointConfigName": configuration,
        **times,
        **more,
    }


def test_an_endpoint_is_waited_for() -> None:
    fakes, pauses = Fakes(), []
    for status in ("Updating", "Updating", "InService"):
        fakes.answer("sagemaker", "describe_endpoint", endpoint(status, "new"))
    expect_serving(fakes, "churn-p-abcdefghijkl-staging", "new", pauses.append)
    assert len(pauses) == 2


def test_defect_an_update_that_sagemaker_took_back_is_a_failure_though_the_endpoint_is_in_service() -> None:
    fakes = Fakes()
    fakes.answer("sagemaker", "describe_endpoint", endpoint("InService", "old", FailureReason="an alarm went off"))
    with pytest.raises(RunError, match="InService with new, is InService with old: an alarm went off"):
        expect_serving(fakes, "churn-p-abcdefghijkl-staging", "new")


def test_defect_staging_is_really_asked_row_by_row() -> None:
    """The peers' test invokes nothing, and reports success."""
    fakes = Fakes()
    for begin, end in ((0, 50), (50, 100), (100, 114)):
        scores = ",".join(f"0.{row:03}" for row in range(begin, end)).encode()
        expected = {
            "EndpointName": "e",
            "ContentType": "text/csv",
            "Accept": "text/csv",
            "Body": "\n".join(f"{row},1" for row in range(begin, end)).encode(),
        }
        answer = {"Body": StreamingBody(BytesIO(scores), len(scores))}
        fakes.answer("sagemaker-runtime", "invoke_endpoint", answer, expected)
    rows = [f"{row},1" for row in range(114)]
    assert score(fakes, "e", rows) == [row / 1000 for row in range(114)]


def test_an_answer_for_fewer_rows_is_a_failure() -> None:
    fakes = Fakes()
    fakes.answer("sagemaker-runtime", "invoke_endpoint", {"Body": StreamingBody(BytesIO(b"0.5\n"), 4)})
    with pytest.raises(RunError, match="gave 1 scores for 2 rows"):
        score(fakes, "e", ["1,2", "3,4"])


def test_a_plan_says_in_words_what_would_change(project: Project) -> None:
    wanted = parameters(project, VERSION, "production", TEMPLATE)
    assert words(VERSION, wanted, None, False)[0] == "version 3, where nothing serves yet"
    before = {**wanted, "InstanceCount": "1", "ModelPackageArn": VERSION.arn.replace("/3", "/2")}
    now = [{"ParameterKey": key, "ParameterValue": value} for key, value in before.items()]
    standing = {"StackStatus": "UPDATE_COMPLETE", "Parameters": now}
    assert words(VERSION, wanted, standing, False) == [
        "version 3 instead of 2",
        "2 instances, now 1",
        "endpoint.json has changed",
    ]


def test_what_was_approved_is_what_happens(release_folder: Path) -> None:
    with pytest.raises(InputError, match=r"plan-production\.json: cannot be read"):
        expect_planned("production", "a", "r")
    release_folder.mkdir()
    plan_file("production").write_text(json.dumps({"before": "a", "release": "r"}))
    expect_planned("production", "a", "r")
    with pytest.raises(InputError, match="has changed since this was planned"):
        expect_planned("production", "b", "r")
    with pytest.raises(InputError, match="is not what was planned"):
        expect_planned("production", "a", "s")
