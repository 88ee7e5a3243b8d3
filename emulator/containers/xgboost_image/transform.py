"""A batch transform job: scores CSV files with a trained model."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xgboost as xgb
from batch_records import DataProcessing, RecordError, Records

from xgboost_image.channels import check_csv
from xgboost_image.csv_rows import BYTE_ORDER_MARK, GZIP, decode, delimiter_of, read_rows
from xgboost_image.job import JobError, first_line, write_whole
from xgboost_image.model_file import image_version, load_model


def transform() -> None:
    """Scores the rows of every file below INPUT_FOLDER with the model in MODEL_DATA, one prediction a line.

    The predictions of `part.csv` are `part.csv.out` in OUTPUT_FOLDER. Environment: MODEL_DATA, a model.tar.gz; the
    folders; and what CreateTransformJob says of them: CONTENT_TYPE and ACCEPT (text/csv), COMPRESSION_TYPE (None or
    Gzip), SPLIT_TYPE and ASSEMBLE_WITH (None or Line), and what `batch_records` takes. In a batch job the image ends
    every prediction with a line end itself, so that the file is the same whichever way it is split and assembled.

    A file that cannot be scored has no predictions and fails the job; the others are scored all the same:
    https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
    """
    environment = os.environ
    check_settings(environment)
    booster = load_model(Path(required(environment, "MODEL_DATA")), image_version())
    folder, out = (Path(required(environment, name)) for name in ("INPUT_FOLDER", "OUTPUT_FOLDER"))
    compressed = environment.get("COMPRESSION_TYPE") == "Gzip"
    processing = DataProcessing.told_in(environment)
    problems: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        try:
            output = score(booster, read_text(path, name, compressed), name, processing)
        except (JobError, RecordError) as error:
            problems.append(str(error))
            continue
        write_whole(out / f"{name}.out", output.encode())
        print(f"{name}: {output.count(chr(10))} rows scored")
    if problems:
        raise JobError("; ".join(problems))


def check_settings(environment: Mapping[str, str]) -> None:
    for name in ("CONTENT_TYPE", "ACCEPT"):
        check_csv(name, environment.get(name) or "text/csv")
    for name, other in {"SPLIT_TYPE": "Line", "ASSEMBLE_WITH": "Line", "COMPRESSION_TYPE": "Gzip"}.items():
        if (environment.get(name) or "None") not in ("None", other):
            raise JobError(f"{name} must be None or {other}, got: {environment[name]!r}")


def required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise JobError(f"the variable {name} is required")
    return value


def read_text(path: Path, name: str, compressed: bool) -> str:
    content = path.read_bytes()
    if compressed:
        content = unpacked(content, name)
    elif content.startswith(GZIP):
        raise JobError(f"{name} is compressed (gzip), and the job's CompressionType is None")
    text = decode(content, name)
    if text.startswith(BYTE_ORDER_MARK):
        raise JobError(f"{name}:1 begins with a byte order mark, which the image takes for a part of the first number")
    if not text.strip():
        raise JobError(f"{name} holds no rows: batch transform takes every object of the prefix")
    return text


def score(booster: xgb.Booster, text: str, name: str, processing: DataProcessing) -> str:
    """The output file of an input file: what the model says of its rows, a line each, filtered and joined."""
    if processing.changes_nothing:
        return predictions(booster, text, name)
    records = Records(text, name, processing)
    return records.output(predictions(booster, records.for_model(), name))


def predictions(booster: xgb.Booster, text: str, name: str) -> str:
    """For rows of as many columns as the model has features. The image checks that there are not more of them."""
    rows = read_rows(text.rstrip(), name, booster.num_features(), delimiter_of(text))
    return "".join(f"{value}\n" for value in predict(booster, rows).tolist())


def unpacked(content: bytes, name: str) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise JobError(f"{name} cannot be unpacked, and the job's CompressionType is Gzip: {error}") from None


def predict(booster: xgb.Booster, rows: np.ndarray) -> np.ndarray:
    try:
        return booster.predict(xgb.DMatrix(rows), validate_features=False)
    except xgb.core.XGBoostError as error:
        raise JobError(f"XGBoost: {first_line(error)}") from error
