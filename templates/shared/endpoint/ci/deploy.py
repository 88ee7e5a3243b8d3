"""Deploys this run's version to a stage, and waits until it serves."""

from __future__ import annotations

import boto3

from ci.commands import InputError, parser, run
from ci.endpoint import STAGES, TEMPLATE, configuration_of, expect_serving, name_of, parameters, stack_of
from ci.plan import plan_file, state_of
from ci.project import Project, open_session, read_json, read_project
from ci.version import read_version


def deploy(session: boto3.Session, project: Project, stage: str) -> None:
    version = read_version(session, project)
    template = TEMPLATE.read_text(encoding="utf-8")
    wanted = parameters(project, version, stage, template)
    stack = stack_of(session, project, stage)
    if plan_file(stage).exists() or stage == "production":
        expect_planned(stage, state_of(stack), wanted["Release"])
    print(f"Deploys   {version.arn}\nTo        {stack.name}", flush=True)
    changed = stack.apply(template, wanted, project.tags(stage))
    print("Changed" if changed else "Nothing to change")
    expect_serving(session, name_of(project, stage), configuration_of(wanted))


def expect_planned(stage: str, before: str, release: str) -> None:
    """What a person has approved is what happens."""
    planned = read_json(plan_file(stage))
    if planned.get("before") != before:
        raise InputError(f"the stack of {stage} has changed since this was planned. Remedy: run the deployment again")
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
