"""The true and predicted values of a model quality job's data set, in the columns that its variables name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model_monitor.column import NUMERIC, Column, number_of, read_column, type_of
from model_monitor.dataset import Dataset
from model_monitor.job import JobError

BINARY_LABELS = {"0": 0, "1": 1, "false": 0, "true": 1}


class Predictions:
    """Raises JobError for a column that is not there, has missing values, or holds something else than asked for."""

    def __init__(self, dataset: Dataset, variables: Mapping[str, str]) -> None:
        self._dataset = dataset
        self._variables = variables

    def __contains__(self, attribute: str) -> bool:
        return attribute in self._variables

    def numbers(self, attribute: str) -> np.ndarray:
        column = self._column(attribute)
        if column.inferred_type not in NUMERIC:
            raise JobError(f"{attribute} {column.name} must hold numbers")
        return column.numbers

    def labels(self, attribute: str) -> np.ndarray:
        """Texts; numbers of one value are one label, however they are written."""
        column = self._column(attribute)
        texts = {text: _label(text) for text in column.counts}
        return np.array([texts[cell] for cell in column.cells])

    def binary(self, attribute: str) -> np.ndarray:
        """Labels 0 and 1, also written as fractions or as false and true."""
        labels = self.labels(attribute)
        if any(str(label).lower() not in BINARY_LABELS for label in np.unique(labels)):
            raise JobError(f"{attribute} {self._variables[attribute]} must hold 0 and 1")
        return np.array([BINARY_LABELS[str(label).lower()] for label in labels])

    def share(self, attribute: str, default: float) -> float:
        text = self._variables.get(attribute, str(default))
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise JobError(f"{attribute} must be between 0 and 1, got: {text!r}")
        return value

    def _column(self, attribute: str) -> Column:
        """A column is named, or counted from 0."""
        name, names = self._variables.get(attribute), self._dataset.names
        if name is None:
            raise JobError(f"the variable {attribute} is required")
        place = names.index(name) if name in names else int(name) if name.isdecimal() else len(names)
        if place >= len(names):
            raise JobError(f"{attribute} must be one of the columns {', '.join(names)}, got: {name!r}")
        column = read_column(names[place], self._dataset.columns[place])
        if column.present < column.item_count:
            missing = column.item_count - column.present
            raise JobError(f"{attribute} {column.name} must have a value in every row, {missing} are missing")
        return column


def _label(text: str) -> str:
    if type_of(text) not in NUMERIC:
        return text.strip()
    number = number_of(text)
    return str(int(number)) if number.is_integer() else str(number)
