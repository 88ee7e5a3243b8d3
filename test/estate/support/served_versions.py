"""Two versions of a model, their evaluation and what batch transform scores: `served_versions.py FOLDER`.

Writes for each version its model.tar.gz, evaluation.json and batch.out, and once test.csv (label first). A third is
the first, with the evaluation of the second, which is better.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tarfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3] / "emulator" / "containers"))

from xgboost_image.__main__ import hide

hide("pandas", "sklearn")

import xgboost as xgb  # noqa: E402 (does without what is hidden)
from xgboost_image.transform import transform  # noqa: E402

ROUNDS = {"1": 3, "2": 12}


def main(folder: Path) -> None:
    random = np.random.default_rng(7)
    features = random.normal(size=(300, 3)).round(3)
    labels = (features.sum(axis=1) + random.normal(size=300) > 0).astype(float)
    held_out = np.column_stack([labels, features])[200:]
    write(folder / "test.csv", lines(held_out))
    write(folder / "in" / "batch", lines(held_out[:, 1:]))
    for version, rounds in ROUNDS.items():
        booster = xgb.train(
            {"objective": "binary:logistic"}, xgb.DMatrix(features[:200], label=labels[:200]), num_boost_round=rounds
        )
        archive(folder / version / "model.tar.gz", bytes(booster.save_raw("ubj")))
        score(folder, version)
        scores = [float(line) for line in (folder / version / "batch.out").read_text().split()]
        auc = {"value": area(held_out[:, 0], np.array(scores))}
        write(folder / version / "evaluation.json", json.dumps({"classification_metrics": {"auc": auc}}))
    for name, version in {"model.tar.gz": "1", "batch.out": "1", "evaluation.json": "2"}.items():
        (folder / "3").mkdir(exist_ok=True)
        (folder / "3" / name).write_bytes((folder / version / name).read_bytes())


def score(folder: Path, version: str) -> None:
    places = {"MODEL_DATA": folder / version / "model.tar.gz", "INPUT_FOLDER": folder / "in"}
    os.environ.update({name: str(path) for name, path in places.items()}, OUTPUT_FOLDER=str(folder / version))
    transform()


def area(labels: np.ndarray, scores: np.ndarray) -> float:
    """Of all pairs of a row of label 1 and one of label 0, those in which the first scores higher."""
    pairs = scores[labels == 1][:, None] - scores[labels == 0][None, :]
    return float(((pairs > 0) + (pairs == 0) / 2).mean())


def lines(rows: np.ndarray) -> str:
    return "".join(f"{','.join(map(str, row))}\n" for row in rows.tolist())


def archive(path: Path, model: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo("xgboost-model")
        member.size = len(model)
        tar.addfile(member, io.BytesIO(model))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


main(Path(sys.argv[1]))
