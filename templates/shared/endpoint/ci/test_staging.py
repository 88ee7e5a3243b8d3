"""Tests what staging serves: its AUC on rows that the version was not trained with, beside that of its registration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import boto3

from ci.commands import RunError, parser, run
from ci.endpoint import TEMPLATE, configuration_of, expect_serving, name_of, parameters
from ci.project import Project, open_session, read_project
from ci.quality import held_out_rows, hold_to, read_margin
from ci.version import read_version

# Far below the 25 MB that a request may have.
ROWS_OF_A_REQUEST = 50


def score(session: boto3.Session, endpoint: str, rows: Sequence[str]) -> list[float]:
    """The endpoint's score of each line of features."""
    runtime = session.client("sagemaker-runtime")
    scores: list[float] = []
    for lines in _batches(rows):
        answer = runtime.invoke_endpoint(
            EndpointName=endpoint, ContentType="text/csv", Accept="text/csv", Body="\n".join(lines).encode()
        )
        values = answer["Body"].read().decode().replace("\n", ",").strip(",").split(",")
        if len(values) != len(lines):
            raise RunError(f"{endpoint} gave {len(values)} scores for {len(lines)} rows")
        scores += [float(value) for value in values]
    return scores


def _batches(rows: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(rows), ROWS_OF_A_REQUEST):
        yield rows[begin : begin + ROWS_OF_A_REQUEST]


def test(session: boto3.Session, project: Project, margin: float) -> None:
    version = read_version(session, project)
    name = name_of(project, "staging")
    wanted = parameters(project, version, "staging", TEMPLATE.read_text(encoding="utf-8"))
    expect_serving(session, name, configuration_of(wanted))
    rows, truth = held_out_rows(session, version)
    hold_to(version, truth, score(session, name, rows), margin)


def main() -> None:
    arguments = parser(__doc__).parse_args()
    project = read_project()
    test(open_session(project, arguments.as_me), project, read_margin())


if __name__ == "__main__":
    run(main)
