"""What the image answers to an invocation: scores for rows of CSV or LIBSVM, or an error and its HTTP status.

serve.py and serve_utils.py of the image's algorithm_mode. Like batch transform, this refuses rows that the image would
misread. Rows in RecordIO protobuf are refused: nothing here reads them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import numpy as np
import xgboost as xgb

from xgboost_image.csv_rows import decode, delimiter_of, read_rows
from xgboost_image.job import JobError
from xgboost_image.transform import predict

LARGEST = 6 * 2**20
"""Bytes of a body, unless MAX_CONTENT_LENGTH says otherwise."""

CONTENT_TYPES = (
    *("csv", "libsvm", "parquet", "recordio-protobuf", "text/csv", "text/libsvm", "text/x-libsvm"),
    *("application/x-parquet", "application/x-recordio-protobuf"),
)
ACCEPTED = ("application/json", "application/jsonlines", "application/x-recordio-protobuf", "text/csv")


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    body: str
    content_type: str = "text/html; charset=utf-8"


class InvocationError(Exception):
    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


def invoke(booster: xgb.Booster, body: bytes, headers: Mapping[str, str]) -> Answer:
    """headers: by their names in lower case"""
    if not body:
        return Answer(HTTPStatus.NO_CONTENT, "")
    try:
        rows = _rows(booster, body, headers.get("content-type"))
        scores = predict(booster, rows).tolist()
        return _encoded(scores, headers.get("accept"))
    except InvocationError as error:
        return Answer(error.status, str(error))
    except JobError as error:
        return Answer(HTTPStatus.BAD_REQUEST, f"Unable to evaluate payload provided: {error}")


def _rows(booster: xgb.Booster, body: bytes, content_type: str | None) -> np.ndarray:
    given = _media_type(content_type) or "libsvm"
    if given not in CONTENT_TYPES:
        known = ", ".join(CONTENT_TYPES)
        raise InvocationError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{given} is not an accepted ContentType: {known}.")
    kind = next((each for each in ("csv", "libsvm") if given.endswith(each)), None)
    if kind is None:
        raise InvocationError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Content-type {content_type} is not supported.")
    try:
        text = decode(body.strip(), "body")
        rows = _of_csv(text) if kind == "csv" else rows_of_libsvm(text, booster.num_features())
    except JobError as error:
        message = f"Loading {kind} data failed with Exception, please ensure data is in {kind} format:\n {error}"
        raise InvocationError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message) from error
    if rows.shape[1] != booster.num_features():
        raise JobError(
            f"Feature size of {kind} inference data {rows.shape[1]} is not consistent with feature size of trained "
            f"model {booster.num_features()}"
        )
    return rows


def _of_csv(text: str) -> np.ndarray:
    return read_rows(text, "body", None, delimiter_of(text))


def rows_of_libsvm(text: str, features: int) -> np.ndarray:
    """`LABEL INDEX:VALUE …`: what is not there is missing, indexes begin with 0, and the label may be left out."""
    lines = text.split("\n")
    width = features
    cells: list[tuple[int, int, float]] = []
    for row, line in enumerate(lines):
        for item in line.split():
            index, colon, value = item.partition(":")
            if not colon:
                continue
            try:
                cells.append((row, int(index), float(value)))
            except ValueError:
                raise JobError(f"body:{row + 1} must be of INDEX:VALUE, got: {item}") from None
            width = max(width, int(index) + 1)
    rows = np.full((len(lines), width), np.nan)
    for row, column, number in cells:
        rows[row, column] = number
    return rows


def _encoded(scores: list[object], accept: str | None) -> Answer:
    wanted = _media_type(accept)
    if not wanted or wanted == "*/*":
        wanted = "text/csv"
    if wanted == "text/csv":
        return Answer(HTTPStatus.OK, ",".join(map(str, scores)), "text/csv; charset=utf-8")
    if wanted == "application/json":
        body = json.dumps({"predictions": [{"score": score} for score in scores]})
        return Answer(HTTPStatus.OK, body, "application/json")
    known = f"Please use supported accept types: {list(ACCEPTED)}."
    raise InvocationError(HTTPStatus.NOT_ACCEPTABLE, f"Accept type {wanted} is not supported. {known}")


def _media_type(header: str | None) -> str:
    return (header or "").split(";")[0].strip().lower()
