"""
The model: multinomial logistic regression on standardised measures, kept as numbers in JSON, so that loading one runs
no code and depends on no version of a library.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from iris_container.job import InputError, write_whole
from iris_container.rows import FEATURES, SPECIES, Features

FILE = "model.json"


@dataclass(frozen=True)
class Model:
    """`mean`, `scale`: of each feature; `weights`: a row a species; `bias`: one a species."""

    species: list[str]
    mean: list[float]
    scale: list[float]
    weights: list[list[float]]
    bias: list[float]

    def probabilities(self, rows: list[Features]) -> list[list[float]]:
        """Of each species, by row; they sum to one."""
        standard = (np.array(rows) - self.mean) / self.scale
        scores = standard @ np.array(self.weights).T + self.bias
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        return [[float(each) for each in row] for row in likely / likely.sum(axis=1, keepdims=True)]

    def predict(self, rows: list[Features]) -> list[tuple[str, float]]:
        """The likeliest species of each row, and how likely it is."""
        best = [(max(row), row) for row in self.probabilities(rows)]
        return [(self.species[row.index(most)], most) for most, row in best]

    def save(self, folder: Path) -> None:
        write_whole(folder / FILE, json.dumps(asdict(self)))

    @classmethod
    def load(cls, folder: Path) -> Model:
        """raises InputError: where there is no model of this kind"""
        try:
            model = cls(**json.loads((folder / FILE).read_text()))
            shapes = [
                np.array(part, dtype=float).shape for part in (model.mean, model.scale, model.weights, model.bias)
            ]
        except (OSError, ValueError, TypeError) as error:
            raise InputError(
                f"{folder / FILE} must be a model that this container has trained, got: {error}"
            ) from error
        count, width = len(SPECIES), len(FEATURES)
        if model.species != list(SPECIES) or shapes != [(width,), (width,), (count, width), (count,)]:
            raise InputError(f"{folder / FILE} must be of {count} species and {width} features, got: {shapes}")
        return model
