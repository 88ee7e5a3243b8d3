"""What predictions are worth."""

from __future__ import annotations

import math
from collections.abc import Sequence


def accuracy(labels: Sequence[str], predicted: Sequence[str]) -> float:
    """The share that is right."""
    return sum(label == guess for label, guess in zip(labels, predicted, strict=True)) / len(labels)


def log_loss(chances: Sequence[float]) -> float:
    """Of the probabilities that were given to what is so; 0 where all were 1."""
    return -sum(math.log(max(chance, 1e-15)) for chance in chances) / len(chances)
