"""Rows on their way to a model, and predictions on their way to the output file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from batch_records.columns import Columns, Row
from batch_records.record_error import RecordError


@dataclass(frozen=True)
class DataProcessing:
    """`DataProcessing` of CreateTransformJob."""

    input_filter: Columns
    output_filter: Columns
    joins: bool

    @classmethod
    def told_in(cls, environment: Mapping[str, str]) -> DataProcessing:
        """
        INPUT_FILTER, OUTPUT_FILTER and JOIN_SOURCE (None or Input).

        raises RecordError: where they say what cannot be
        """
        source = environment.get("JOIN_SOURCE") or "None"
        if source not in ("None", "Input"):
            raise RecordError(f"JOIN_SOURCE must be None or Input, got: {source!r}")
        paths = (environment.get(name) or "$" for name in ("INPUT_FILTER", "OUTPUT_FILTER"))
        return cls(*map(Columns, paths), joins=source == "Input")

    @property
    def changes_nothing(self) -> bool:
        return self.input_filter.takes_all and self.output_filter.takes_all and not self.joins


class Records:
    """
    The rows of a CSV file.

    raises RecordError: where a line is not one row of RFC 4180; AWS takes no line ends within quotes
    """

    def __init__(self, text: str, place: str, processing: DataProcessing) -> None:
        self._place = place
        self._processing = processing
        self._rows = _rows(text, place)

    def for_model(self) -> str:
        """What the model is sent, a line a row."""
        columns = self._processing.input_filter
        return _text(columns.of(row, f"{self._place}:{line}") for line, row in enumerate(self._rows, 1))

    def output(self, predictions: str) -> str:
        """
        The output file. predictions: what the model answered, a line a row

        raises RecordError: where there are more or fewer of them than rows, or a column is not there
        """
        answered = _rows(predictions, f"the predictions of {self._place}")
        if len(answered) != len(self._rows):
            raise RecordError(
                f"{self._place} must have a prediction for each of its {len(self._rows)} rows, got: {len(answered)}"
            )
        pairs = zip(self._rows, answered, strict=True)
        joined = ([*row, *prediction] if self._processing.joins else prediction for row, prediction in pairs)
        columns = self._processing.output_filter
        return _text(columns.of(row, f"row {line} of {self._place}.out") for line, row in enumerate(joined, 1))


def _rows(text: str, place: str) -> list[Row]:
    lines = [line.removesuffix("\r") for line in text.rstrip("\r\n").split("\n")] if text.strip() else []
    rows: list[Row] = []
    reader = csv.reader(lines, strict=True)
    try:
        for row in reader:
            if not row or reader.line_num != len(rows) + 1:
                break
            rows.append(row)
    except csv.Error as error:
        raise RecordError(f"{place}:{len(rows) + 1} is no row of CSV: {error}") from None
    if len(rows) < len(lines):
        rule = "a row is one line, and no line is blank, in a file that is filtered or joined"
        raise RecordError(f"{place}:{len(rows) + 1} is no row of CSV: {rule}")
    return rows


def _text(rows: Iterable[Sequence[str]]) -> str:
    """With quotes only where a cell needs them."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()
