"""Tests what staging scores with: predicts rows that its version was not trained with, and compares."""

from __future__ import annotations

import boto3

from ci.commands import RunError, parser, run
from ci.project import Project, open_session, read_project
from ci.quality import held_out_rows, hold_to, read_margin
from ci.score import score
from ci.served import served_version
from ci.storage import read_text
from ci.version import read_version


def test(session: boto3.Session, project: Project, margin: float) -> None:
    version = read_version(session, project)
    served = served_version(session, project, "staging")
    if served != version.arn:
        raise RunError(f"staging must score with {version.arn}, and does with {served}")
    _, truth = held_out_rows(session, version)
    predictions = score(session, project, "staging", f"{version.held_out}/features.csv")
    print(f"Scores    {predictions}")
    scores = [float(line) for line in read_text(session, predictions).splitlines()]
    hold_to(version, truth, scores, margin)


def main() -> None:
    arguments = parser(__doc__).parse_args()
    project = read_project()
    test(open_session(project, arguments.as_me), project, read_margin())


if __name__ == "__main__":
    run(main)
