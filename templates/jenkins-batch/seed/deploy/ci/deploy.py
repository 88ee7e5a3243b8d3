"""Deploys this run's version to a stage: its pipeline scores with that version from then on."""

from __future__ import annotations

import boto3

from ci.commands import InputError, RunError, parser, run
from ci.execution import deploy_pipeline
from ci.plan import deployed, digest, plan_file, wanted_pipeline
from ci.project import Project, open_session, read_json, read_project
from ci.served import STAGES, describe
from ci.version import read_version


def deploy(session: boto3.Session, project: Project, stage: str) -> None:
    version = read_version(session, project)
    pipeline = wanted_pipeline(session, project, version, stage)
    definition = pipeline.definition()
    if plan_file(stage).exists() or stage == "production":
        expect_planned(stage, digest(*deployed(session, pipeline)), digest(version.arn, definition))
    print(f"Deploys   {version.arn}", flush=True)
    deploy_pipeline(session, project, pipeline.name, definition, project.tags(stage), describe(version))
    if digest(*deployed(session, pipeline)) != digest(version.arn, definition):
        raise RunError(f"{pipeline.name} is not what was deployed: somebody else changes it as well")


def expect_planned(stage: str, before: str, release: str) -> None:
    """What a person has approved is what happens."""
    planned = read_json(plan_file(stage))
    if planned.get("before") != before:
        raise InputError(f"the pipeline of {stage} has changed since the plan. Remedy: run the deployment again")
    if planned.get("release") != release:
        raise InputError(f"this is not what was planned for {stage}. Remedy: run the deployment again")


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("stage", choices=STAGES)
    given = arguments.parse_args()
    project = read_project()
    deploy(open_session(project, given.as_me), project, given.stage)


if __name__ == "__main__":
    run(main)
