"""A small model as training leaves it: `small_model.py FOLDER` writes xgboost-model there."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import xgboost as xgb


def main(folder: Path) -> None:
    random = np.random.default_rng(7)
    features = random.normal(size=(300, 3))
    labels = (features.sum(axis=1) > 0).astype(float)
    booster = xgb.train({"objective": "binary:logistic"}, xgb.DMatrix(features, label=labels), num_boost_round=20)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xgboost-model").write_bytes(bytes(booster.save_raw("ubj")))


main(Path(sys.argv[1]))
