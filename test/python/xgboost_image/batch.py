"""Batch transform jobs: a model, its archive, and a job's settings."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import xgboost as xgb
from training_folder import sample_rows

Transform = Callable[..., Path]


def booster(objective: str = "binary:logistic", rounds: int = 10, **settings: object) -> xgb.Booster:
    rows = sample_rows(200, seed=4)
    return xgb.train({"objective": objective, **settings}, xgb.DMatrix(rows[:, 1:], label=rows[:, 0]), rounds)


def write_archive(path: Path, model: bytes, name: str = "xgboost-model") -> None:
    path.write_bytes(archive_of(model, name))


def archive_of(model: bytes, name: str = "xgboost-model") -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(model)
        tar.addfile(member, io.BytesIO(model))
    return content.getvalue()


def settings_of(folder: Path) -> dict[str, str]:
    return {
        "ML_ROOT": str(folder / "ml"),
        "MODEL_DATA": str(folder / "model.tar.gz"),
        "INPUT_FOLDER": str(folder / "in"),
        "OUTPUT_FOLDER": str(folder / "out"),
        "CONTENT_TYPE": "text/csv",
        "SPLIT_TYPE": "Line",
        "ASSEMBLE_WITH": "Line",
        "ACCEPT": "text/csv",
    }


def write_input(folder: Path, name: str, content: str | bytes) -> None:
    """A file of the batch of a job in this folder."""
    path = folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
