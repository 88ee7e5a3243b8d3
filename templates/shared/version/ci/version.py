"""The version that is deployed, always by its ARN: how good it was when it was registered, and what to test it with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import boto3

from ci.commands import InputError
from ci.project import Project, read_json
from ci.storage import read_report

# What the first command of a CI run writes, and the others read: one run deploys one version.
FILE = Path("release/version.json")


@dataclass(frozen=True)
class Version:
    arn: str
    # AUC of when it was registered, on the rows that were held out.
    auc: float
    # URI of a folder with features.csv and truth.csv.
    held_out: str
    # Why this one, in words.
    why: str
    # What serves it: image, archive and variables, as CreateModel takes a container.
    container: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return int(self.arn.rpartition("/")[2])


def arn_pattern(project: Project) -> str:
    """ARNs of this project's group alone; AWS writes the group's name in small letters there."""
    begin = f"arn:{project.partition}:sagemaker:{project.region}:{project.account}:model-package"
    return f"(?i:{re.escape(f'{begin}/{project.model_package_group}')})/[1-9][0-9]*"


def find_version(session: boto3.Session, project: Project, arn: str, why: str) -> Version:
    """A version that is approved, and says what it takes to test it.

    Raises:
        InputError: with everything that is wrong with it
    """
    if not re.fullmatch(arn_pattern(project), arn):
        raise InputError(f"a version of {project.model_package_group} must be given by its ARN, got: {arn!r}")
    described = session.client("sagemaker").describe_model_package(ModelPackageName=arn)
    properties = described.get("CustomerMetadataProperties", {})
    wrong = [
        f"{arn} {what}"
        for fine, what in (
            (described["ModelApprovalStatus"] == "Approved", f"is {described['ModelApprovalStatus']}, not Approved"),
            (described["ModelPackageStatus"] == "Completed", f"is {described['ModelPackageStatus']}, not Completed"),
            ("HeldOutRows" in properties, "does not say which rows were held out (HeldOutRows)"),
            (_evaluation(described) is not None, "has no model quality statistics"),
        )
        if not fine
    ]
    if wrong:
        raise InputError("\n".join(wrong))
    report = read_report(session, str(_evaluation(described)))
    auc = float(report["binary_classification_metrics"]["auc"]["value"])
    (container, *_) = described["InferenceSpecification"]["Containers"]
    return Version(described["ModelPackageArn"], auc, properties["HeldOutRows"], why, container)


def _evaluation(described: Mapping[str, Any]) -> str | None:
    return described.get("ModelMetrics", {}).get("ModelQuality", {}).get("Statistics", {}).get("S3Uri")


def last_approved(session: boto3.Session, project: Project) -> str | None:
    """ARN of the approved version that was changed last, as approving it does: order of creation says nothing."""
    sagemaker = session.client("sagemaker")
    pages = sagemaker.get_paginator("list_model_packages").paginate(
        ModelPackageGroupName=project.model_package_group, ModelApprovalStatus="Approved"
    )
    arns = [each["ModelPackageArn"] for page in pages for each in page["ModelPackageSummaryList"]]
    described = [sagemaker.describe_model_package(ModelPackageName=arn) for arn in arns]
    latest = max(described, key=lambda each: each.get("LastModifiedTime", each["CreationTime"]), default=None)
    return latest and latest["ModelPackageArn"]


def choose(session: boto3.Session, project: Project, given: str, served: str | None) -> Version:
    """The version that was asked for; where a commit began the run, that which staging serves, else the last approved.

    Args:
        given: an ARN, or nothing
        served: ARN of what staging serves
    """
    if given:
        return find_version(session, project, given, "asked for")
    if served:
        return find_version(session, project, served, "what staging serves: none was asked for")
    approved = last_approved(session, project)
    if approved is None:
        raise InputError(f"no version of {project.model_package_group} is approved. Remedy: approve one")
    return find_version(session, project, approved, "approved last: none was asked for, and staging serves none")


def write_version(version: Version, path: Path = FILE) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(asdict(version), indent=2) + "\n", encoding="utf-8")


def read_version(session: boto3.Session, project: Project, path: Path = FILE) -> Version:
    """As it is now: an approval that was taken back counts."""
    written = read_json(path)
    return find_version(session, project, str(written.get("arn")), str(written.get("why")))
