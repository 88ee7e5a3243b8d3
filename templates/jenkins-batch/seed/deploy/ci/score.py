"""Scores a file of rows with what a stage has deployed, and says where the predictions are.

The file has neither a header nor labels.
"""

from __future__ import annotations

import boto3

from ci.commands import InputError, parser, run
from ci.execution import find_pipeline, run_pipeline
from ci.project import Project, open_session, read_project
from ci.served import STAGES, name_of, version_in
from ci.storage import place


def score(session: boto3.Session, project: Project, stage: str, rows: str) -> str:
    """@returns URI of a file with a prediction a line"""
    name = name_of(project.name, stage)
    standing = find_pipeline(session, name)
    if standing is None:
        raise InputError(f"{name} is not there. Remedy: deploy {stage} first")
    version = str(version_in(standing)).rpartition("/")[2]
    execution = run_pipeline(session, name, {"Rows": rows})
    file = rows.rpartition("/")[2]
    return place(project, "runs", execution.id, "predictions", stage, version, f"{file}.out")


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("stage", choices=STAGES)
    arguments.add_argument("rows", help="s3://… below the project's prefix, a CSV file")
    given = arguments.parse_args()
    project = read_project()
    begin = place(project, "")
    if not given.rows.startswith(begin) or not given.rows.endswith(".csv"):
        raise InputError(f"rows must be a .csv file below {begin}, got: {given.rows!r}")
    print(f"Scores    {score(open_session(project, given.as_me), project, given.stage, given.rows)}")


if __name__ == "__main__":
    run(main)
