"""A module beside the script."""

from pathlib import Path

import numpy as np


def rows_of(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and features."""
    rows = np.concatenate([np.loadtxt(path, delimiter=",") for path in sorted(folder.glob("*.csv"))])
    return rows[:, 0], rows[:, 1:]
