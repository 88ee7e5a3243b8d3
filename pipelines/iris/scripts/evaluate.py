"""
Compares predictions of held-out rows, as batch transform writes them, with what the rows are.

    python evaluate.py PREDICTIONS LABELS REPORT    # writes {"rows": 30, "accuracy": 0.97, "confusion": {…}}
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def evaluate(predicted: list[str], labels: list[str]) -> dict[str, Any]:
    """
    `confusion`: how many of each species were taken for which.

    raises ValueError: where there is not one prediction for each row
    """
    if not labels or len(predicted) != len(labels):
        raise ValueError(
            f"there must be one prediction for each of at least one row, got: {len(predicted)}, {len(labels)}"
        )
    pairs = list(zip(labels, predicted, strict=True))
    species = sorted({*labels, *predicted})
    return {
        "rows": len(labels),
        "accuracy": sum(label == guess for label, guess in pairs) / len(pairs),
        "confusion": {label: {guess: pairs.count((label, guess)) for guess in species} for label in species},
    }


def _first_cells(path: Path) -> list[str]:
    return [line.split(",")[0] for line in path.read_text().splitlines() if line]


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: evaluate.py PREDICTIONS LABELS REPORT")
    predictions, labels, report = map(Path, sys.argv[1:])
    report.write_text(json.dumps(evaluate(_first_cells(predictions), _first_cells(labels))))
