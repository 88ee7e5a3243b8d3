"""A training job's data channels: what inputdataconfig.json says of them, and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from xgboost_image.csv_rows import BYTE_ORDER_MARK, decode, delimiter_of, read_rows
from xgboost_image.job import JobError

CHANNELS: tuple[str, ...] = ("train", "validation")


@dataclass(frozen=True)
class Rows:
    """A channel's rows; weights where the second column holds them (`csv_weights`)."""

    labels: np.ndarray
    features: np.ndarray
    weights: np.ndarray | None


def check_channels(config: Mapping[str, Any]) -> None:
    """Raises JobError unless the channels are ones the algorithm has, of CSV, in files."""
    unknown = [name for name in config if name not in CHANNELS]
    if unknown:
        raise JobError(f"channels are {' and '.join(CHANNELS)}, got: {', '.join(unknown)}")
    if "train" not in config:
        raise JobError("channel train is required")
    for name, channel in config.items():
        mode = channel.get("TrainingInputMode", "File")
        if mode not in ("File", "FastFile"):
            raise JobError(f"channel {name}: TrainingInputMode must be File or FastFile on this machine, got: {mode!r}")
        check_csv(f"channel {name}: ContentType", channel.get("ContentType"))


def check_csv(place: str, content_type: str | None) -> None:
    """Raises JobError unless the content type is CSV with one label. The image's default is text/libsvm."""
    kind, *parameters = [part.strip() for part in (content_type or "text/libsvm").lower().split(";")]
    label_sizes = [parameter for parameter in parameters if parameter.startswith("label_size=")]
    if kind not in ("text/csv", "csv") or label_sizes not in ([], ["label_size=1"]):
        raise JobError(f"{place} must be text/csv on this machine, got: {content_type!r}")


def read_channel(folder: Path, csv_weights: bool) -> Rows:
    """Rows of every file below the folder, in the order of their paths: label, weight if asked for, features.

    Files whose names begin with "." or "_" are passed over, as in the image: they are Spark's and Hadoop's marks. Of
    an empty file the image cannot tell the delimiter, and fails.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith((".", "_"))]
    parts: list[np.ndarray] = []
    delimiter: str | None = None
    for path in files:
        place = f"{folder.name}/{path.relative_to(folder)}"
        text = decode(path.read_bytes(), place).removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")
        if not text.strip():
            raise JobError(f"{place} is empty: the image reads every file whose name begins neither with . nor with _")
        delimiter = delimiter or delimiter_of(text)
        parts.append(read_rows(text, place, parts[0].shape[1] if parts else None, delimiter))
    if not parts:
        raise JobError(f"channel {folder.name}: no rows in {folder}")
    return _split(np.concatenate(parts), folder.name, csv_weights)


def _split(table: np.ndarray, channel: str, csv_weights: bool) -> Rows:
    first_feature = 2 if csv_weights else 1
    if table.shape[1] <= first_feature:
        named = "a label, a weight and features" if csv_weights else "a label and features"
        raise JobError(f"channel {channel}: a row must hold {named}, got: {table.shape[1]} columns")
    if np.isnan(table[:, :first_feature]).any():
        raise JobError(f"channel {channel}: labels and weights must not be missing")
    weights = table[:, 1] if csv_weights else None
    return Rows(labels=table[:, 0], features=table[:, first_feature:], weights=weights)
