"""Metrics of predicted numbers."""

from __future__ import annotations

import math

import numpy as np


def regression_metrics(truth: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """`r2` is NaN where the truth does not vary."""
    errors = predicted - truth
    mse = float((errors**2).mean())
    variance = float(truth.var())
    return {
        "mae": float(np.abs(errors).mean()),
        "mse": mse,
        "rmse": math.sqrt(mse),
        "r2": 1 - mse / variance if variance else math.nan,
    }
