"""Says in words what a deployment would change, for whoever approves it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from sagemaker.workflow.pipeline import Pipeline

from ci.commands import parser, run
from ci.execution import find_pipeline
from ci.project import Project, open_session, read_project
from ci.served import STAGES, version_in
from ci.version import Version, read_version
from pipelines.batch import batch_pipeline, read_machines
from pipelines.jobs import open_context


def plan_file(stage: str) -> Path:
    return Path(f"release/plan-{stage}.json")


def wanted_pipeline(session: boto3.Session, project: Project, version: Version, stage: str) -> Pipeline:
    return batch_pipeline(open_context(project, {}, session), version, stage, read_machines(stage))


def digest(version: str | None, definition: str | None) -> str:
    """By which a deployment knows that nobody has changed the pipeline since it was planned."""
    known = [version, None if definition is None else json.loads(definition)]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def deployed(session: boto3.Session, pipeline: Pipeline) -> tuple[str | None, str | None]:
    """@returns the version that it scores with, and the definition; both are None where nothing is deployed"""
    standing = find_pipeline(session, pipeline.name)
    return (None, None) if standing is None else (version_in(standing), str(standing["PipelineDefinition"]))


def words(version: Version, wanted: str, scores: str | None, now: str | None) -> list[str]:
    """A line for each difference."""
    if now is None:
        return [f"version {version.number}, where nothing is deployed yet"]
    number = (scores or "none").rpartition("/")[2]
    lines = [f"version {version.number}" + (", as now" if scores == version.arn else f" instead of {number}")]
    before, after = _defaults(now), _defaults(wanted)
    return lines + [
        f"{name} {after.get(name)}, now {before.get(name)}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _defaults(definition: str) -> Mapping[str, Any]:
    return {each["Name"]: each.get("DefaultValue") for each in json.loads(definition)["Parameters"]}


def plan(session: boto3.Session, project: Project, stage: str) -> str:
    """Writes the plan down. @returns it in words"""
    version = read_version(session, project)
    pipeline = wanted_pipeline(session, project, version, stage)
    wanted, now = pipeline.definition(), deployed(session, pipeline)
    text = "\n".join(
        [
            f"{stage} of {project.project_name}: {version.arn}",
            f"AUC {version.auc:.4f} when it was registered; {version.why}",
            *(f"- {line}" for line in words(version, wanted, *now)),
        ]
    )
    plan_file(stage).parent.mkdir(exist_ok=True)
    written = {"before": digest(*now), "release": digest(version.arn, wanted), "text": text}
    plan_file(stage).write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    plan_file(stage).with_suffix(".txt").write_text(text + "\n", encoding="utf-8")
    return text


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("stage", choices=STAGES)
    given = arguments.parse_args()
    project = read_project()
    print(plan(open_session(project, given.as_me), project, given.stage))


if __name__ == "__main__":
    run(main)
