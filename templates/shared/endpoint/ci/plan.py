"""Says in words what a deployment would change, for whoever approves it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3

from ci.commands import parser, run
from ci.endpoint import STAGES, TEMPLATE, parameters, stack_of
from ci.project import Project, open_session, read_project
from ci.stack import Stack, parameters_of
from ci.version import Version, read_version

_WORDS = {
    "InstanceType": "instances of type",
    "InstanceCount": "instances",
    "CapturePercent": "percent of requests captured",
    "CaptureUri": "captured to",
    "CaptureKeyArn": "captured with",
    "LatencyMicroseconds": "microseconds that answers may take",
    "ExecutionRoleArn": "role",
}


def plan_file(stage: str) -> Path:
    return Path(f"release/plan-{stage}.json")


def state_of(stack: Stack) -> str:
    """By which a deployment knows that nobody has changed the stack since it was planned."""
    standing = stack.describe()
    if standing is None:
        return "none"
    known = [
        standing["StackId"],
        standing["StackStatus"],
        str(standing.get("LastUpdatedTime")),
        parameters_of(standing),
    ]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def words(
    version: Version, wanted: Mapping[str, str], standing: Mapping[str, Any] | None, same_template: bool
) -> list[str]:
    """A line for each difference."""
    if standing is None or standing["StackStatus"].startswith(("ROLLBACK", "CREATE_FAILED", "DELETE")):
        lines = [f"version {version.number}, where nothing serves yet"]
        return lines + [f"{wanted[key]} {what}" for key, what in _WORDS.items()]
    now = parameters_of(standing)
    serves = now["ModelPackageArn"]
    lines = [
        f"version {version.number}, as now"
        if serves == version.arn
        else f"version {version.number} instead of {serves.rpartition('/')[2]}"
    ]
    lines += [
        f"{wanted[key]} {what}, now {now.get(key)}" for key, what in _WORDS.items() if wanted[key] != now.get(key)
    ]
    return lines if same_template else [*lines, f"{TEMPLATE} has changed"]


def plan(session: boto3.Session, project: Project, stage: str) -> str:
    """Writes the plan down. @returns it in words"""
    version = read_version(session, project)
    template = TEMPLATE.read_text(encoding="utf-8")
    wanted = parameters(project, version, stage, template)
    stack = stack_of(session, project, stage)
    standing = stack.describe()
    same = standing is not None and _same(stack.template(), template)
    text = "\n".join(
        [
            f"{stage} of {project.project_name}: {version.arn}",
            f"AUC {version.auc:.4f} when it was registered; {version.why}",
            *(f"- {line}" for line in words(version, wanted, standing, same)),
        ]
    )
    plan_file(stage).parent.mkdir(exist_ok=True)
    written = {"before": state_of(stack), "release": wanted["Release"], "text": text}
    plan_file(stage).write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    plan_file(stage).with_suffix(".txt").write_text(text + "\n", encoding="utf-8")
    return text


def _same(deployed: str, template: str) -> bool:
    return deployed == template or _json(deployed) == _json(template)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("stage", choices=STAGES)
    given = arguments.parse_args()
    project = read_project()
    print(plan(open_session(project, given.as_me), project, given.stage))


if __name__ == "__main__":
    run(main)
