"""Brings the sample's rows to the project's place in S3, where nobody has brought rows yet.

They are those of scikit-learn's breast cancer data (569 tumours, thirty measurements each, malignant or benign).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import boto3
import pandas as pd
from sklearn.datasets import load_breast_cancer

from ci.commands import InputError, parser, run
from ci.project import Project, open_session, read_json, read_project
from ci.storage import exists, place, put

SETTINGS = Path("config/data.json")
SAMPLE = "data/breast-cancer.csv"


@dataclass(frozen=True)
class Rows:
    """Where the rows are, below the project's prefix, and which of their columns is to be predicted."""

    key: str
    label: str


def read_settings(path: Path = SETTINGS) -> Rows:
    values = read_json(path)
    wrong = []
    if not re.fullmatch(r"data/[\w./-]+\.csv", str(values.get("rows"))):
        wrong.append(f"{path}: rows must be a file below data/ that ends in .csv, got: {values.get('rows')!r}")
    if not re.fullmatch(r"\w[\w .-]*", str(values.get("label"))):
        wrong.append(f"{path}: label must be the name of a column, got: {values.get('label')!r}")
    if wrong:
        raise InputError("\n".join(wrong))
    return Rows(values["rows"], values["label"])


def sample() -> pd.DataFrame:
    """The rows that scikit-learn ships; there, 0 is malignant."""
    data = load_breast_cancer(as_frame=True)
    return data.data.assign(malignant=1 - data.target)


def bring(session: boto3.Session, project: Project, rows: Rows) -> str:
    """@returns the rows' URI"""
    uri = place(project, rows.key)
    if exists(session, uri):
        print(f"Rows      {uri}, as they are there")
    elif rows.key == SAMPLE:
        put(session, project, uri, sample().to_csv(index=False).encode())
        print(f"Rows      {uri}, brought from scikit-learn")
    else:
        raise InputError(f"{SETTINGS} names {rows.key}, which is not there. Remedy: upload your rows to {uri}")
    return uri


def main() -> None:
    arguments = parser(__doc__).parse_args()
    project = read_project()
    bring(open_session(project, arguments.as_me), project, read_settings())


if __name__ == "__main__":
    run(main)
