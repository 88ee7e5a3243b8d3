"""
Arrays as CSV, JSON and NPY, for those functions that a model's module leaves out.
https://github.com/aws/sagemaker-containers/blob/master/src/sagemaker_containers/_encoders.py
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

CSV, JSON, NPY = "text/csv", "application/json", "application/x-npy"
TEXTS = (CSV, JSON)
"""Bodies that functions get as text."""


class UnknownFormatError(Exception):
    """Of a content type; the message is the toolkit's."""

    def __init__(self, content_type: str | None) -> None:
        super().__init__(
            f"Content type {content_type} is not supported by this framework. Please implement input_fn to to "
            "deserialize the request data or an output_fn to serialize the response."
        )


def decode(body: Any, content_type: str | None) -> np.ndarray:
    """raises UnknownFormatError"""
    return _known(_DECODERS, content_type)(body)


def encode(array: Any, content_type: str | None) -> str | bytes:
    """raises UnknownFormatError"""
    return _known(_ENCODERS, content_type)(array)


def _known(table: Mapping[str, Callable[[Any], Any]], content_type: str | None) -> Callable[[Any], Any]:
    found = table.get(content_type or "")
    if found is None:
        raise UnknownFormatError(content_type)
    return found


def _csv_to_array(text: str) -> np.ndarray:
    """One row is an array of one dimension, and so is one column."""
    return np.array(list(csv.reader(io.StringIO(text), strict=True))).squeeze()


def _array_to_csv(given: Any) -> str:
    array = np.array(given)
    rows = array.reshape(-1, 1) if array.ndim == 1 else array
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", strict=True).writerows(rows)
    return text.getvalue()


def _array_to_json(given: Any) -> str:
    return json.dumps(given, default=lambda value: value.tolist())


def _array_to_npy(given: Any) -> bytes:
    content = io.BytesIO()
    np.save(content, given)
    return content.getvalue()


_DECODERS: Mapping[str, Callable[[Any], np.ndarray]] = {
    CSV: _csv_to_array,
    JSON: lambda text: np.array(json.loads(text)),
    NPY: lambda body: np.load(io.BytesIO(body), allow_pickle=True),
}
_ENCODERS: Mapping[str, Callable[[Any], str | bytes]] = {
    CSV: _array_to_csv,
    JSON: _array_to_json,
    NPY: _array_to_npy,
}
