from __future__ import annotations

import json
from datetime import datetime, timezone
from io import BytesIO
from typing import Any

import pytest
from botocore.response import StreamingBody
from fakes import Fakes

from ci.commands import InputError
from ci.project import Project
from ci.version import choose, find_version

GROUP = "arn:aws:sagemaker:us-east-1:111111111111:model-package/churn-p-abcdefghijkl"


def time(day: int) -> datetime:
    return datetime(2026, 1, day, tzinfo=timezone.utc)


def version(number: int, day: int = 1, **changes: Any) -> dict[str, Any]:
    """As DescribeModelPackage has it, changed on that day."""
    return {
        "ModelPackageName": "churn",
        "ModelPackageArn": f"{GROUP}/{number}",
        "CreationTime": time(number),
        "LastModifiedTime": time(day),
        "ModelPackageStatus": "Completed",
        "ModelPackageStatusDetails": {"ValidationStatuses": []},
        "ModelApprovalStatus": "Approved",
        "CustomerMetadataProperties": {"HeldOutRows": "s3://b/held-out"},
        "ModelMetrics": {
            "ModelQuality": {"Statistics": {"ContentType": "application/json", "S3Uri": "s3://b/evaluation.json"}}
        },
        "InferenceSpecification": {"Containers": [{"Image": "image", "ModelDataUrl": "s3://b/model.tar.gz"}]},
        **changes,
    }


def found(fakes: Fakes, described: dict[str, Any]) -> None:
    fakes.answer("sagemaker", "describe_model_package", described)
    report = json.dumps({"binary_classification_metrics": {"auc": {"value": 0.9}}}).encode()
    fakes.answer("s3", "get_object", {"Body": StreamingBody(BytesIO(report), len(report))})


def test_the_version_that_was_asked_for_is_deployed_whatever_staging_serves(project: Project) -> None:
    fakes = Fakes()
    found(fakes, version(2))
    chosen = choose(fakes, project, f"{GROUP}/2", f"{GROUP}/1")
    assert (chosen.number, chosen.auc, chosen.why) == (2, 0.9, "asked for")


def test_a_commit_deploys_what_staging_serves(project: Project) -> None:
    fakes = Fakes()
    found(fakes, version(1))
    assert choose(fakes, project, "", f"{GROUP}/1").why == "what staging serves: none was asked for"


def test_defect_the_last_approved_is_not_the_first_of_a_list(project: Project) -> None:
    """The peers take the first of a list in ascending order, the oldest; and created last is not approved last."""
    fakes = Fakes()
    keys = ("ModelPackageName", "ModelPackageArn", "CreationTime", "ModelPackageStatus", "ModelApprovalStatus")
    summaries = [{key: version(number)[key] for key in keys} for number in (1, 2, 3)]
    fakes.answer(
        "sagemaker",
        "list_model_packages",
        {"ModelPackageSummaryList": summaries},
        {"ModelPackageGroupName": project.model_package_group, "ModelApprovalStatus": "Approved"},
    )
    for number, day in ((1, 4), (2, 9), (3, 5)):
        fakes.answer("sagemaker", "describe_model_package", version(number, day))
    found(fakes, version(2))
    chosen = choose(fakes, project, "", None)
    assert chosen.number == 2
    assert chosen.why.startswith("approved last: none was asked for")


def test_where_nothing_is_approved_that_is_said(project: Project) -> None:
    fakes = Fakes()
    fakes.answer("sagemaker", "list_model_packages", {"ModelPackageSummaryList": []})
    with pytest.raises(InputError, match=r"is approved\. Remedy: approve one"):
        choose(fakes, project, "", None)


def test_everything_that_is_wrong_with_a_version_is_said_at_once(project: Project) -> None:
    fakes = Fakes()
    wrong = version(4, ModelApprovalStatus="Rejected", CustomerMetadataProperties={}, ModelMetrics={})
    fakes.answer("sagemaker", "describe_model_package", wrong)
    with pytest.raises(InputError) as caught:
        find_version(fakes, project, f"{GROUP}/4", "asked for")
    assert [line.split(" ", 1)[1] for line in str(caught.value).splitlines()] == [
        "is Rejected, not Approved",
        "does not say which rows were held out (HeldOutRows)",
        "has no model quality statistics",
    ]


@pytest.mark.parametrize(
    "arn",
    [
        "3",
        GROUP,
        f"{GROUP}/latest",
        f"{GROUP}/1; rm -rf /",
        GROUP.replace("churn", "other") + "/1",
        GROUP.replace("1111", "2222") + "/1",
    ],
)
def test_defect_only_the_arn_of_a_version_of_this_project_is_one(project: Project, arn: str) -> None:
    """The peers deploy whatever is the latest when they come to it."""
    with pytest.raises(InputError, match="must be given by its ARN"):
        find_version(Fakes(), project, arn, "asked for")


def test_the_groups_name_may_be_in_small_letters_as_aws_writes_it(project: Project) -> None:
    fakes = Fakes()
    found(fakes, version(1))
    assert find_version(fakes, project, f"{GROUP}/1".replace("churn", "Churn"), "asked for").arn == f"{GROUP}/1"
