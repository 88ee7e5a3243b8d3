"""How good predictions are, by what became true."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import boto3

from ci.commands import InputError, RunError
from ci.project import read_json
from ci.storage import read_text
from ci.version import Version

SETTINGS = Path("config/test.json")
RESULT = Path("release/test.json")


def read_margin(path: Path = SETTINGS) -> float:
    """By how much a deployed version's AUC may be below what it was registered with."""
    margin = read_json(path).get("margin")
    if isinstance(margin, bool) or not isinstance(margin, int | float) or not 0 <= margin <= 0.5:
        raise InputError(f"{path}: margin must be a number from 0 to 0.5, got: {json.dumps(margin)}")
    return float(margin)


def auc(truth: Sequence[int], scores: Sequence[float]) -> float:
    """Area under the ROC curve: how often a positive row scores above a negative one, where equal scores are half."""
    positive = [score for label, score in zip(truth, scores, strict=True) if label == 1]
    negative = [score for label, score in zip(truth, scores, strict=True) if label == 0]
    if not positive or not negative:
        raise RunError("the AUC needs rows of both labels")
    above = sum((a > b) + (a == b) / 2 for a in positive for b in negative)
    return above / (len(positive) * len(negative))


def held_out_rows(session: boto3.Session, version: Version) -> tuple[list[str], list[int]]:
    """A version's own test: lines of features, and the label of each."""
    features = read_text(session, f"{version.held_out}/features.csv").splitlines()
    truth = [int(line) for line in read_text(session, f"{version.held_out}/truth.csv").splitlines()]
    if not features or len(features) != len(truth):
        raise RunError(f"{version.held_out} must have a label for each row, got {len(features)} and {len(truth)}")
    return features, truth


def hold_to(version: Version, truth: Sequence[int], scores: Sequence[float], margin: float) -> None:
    """Measures, and writes down what was measured.

    Raises:
        RunError: where that is worse than what the version was registered with, by more than the margin
    """
    if len(scores) != len(truth):
        raise RunError(f"there must be a score for each of {len(truth)} rows, got {len(scores)}")
    measured = auc(truth, scores)
    result = {"version": version.arn, "rows": len(truth), "auc": measured, "registered": version.auc, "margin": margin}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"AUC       {measured:.4f} on {len(truth)} rows, registered with {version.auc:.4f}")
    if measured < version.auc - margin:
        raise RunError(f"the AUC is {measured:.4f}: more than {margin} below {version.auc:.4f}, that of {version.arn}")
