"""
`train`: reads `input/`, writes the model to `model/`, and metrics to `output/data/`, which SageMaker keeps.
https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo.html
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from iris_container.job import InputError, ml_root, write_whole
from iris_container.metrics import accuracy, log_loss
from iris_container.model import Model
from iris_container.rows import SPECIES, Features, read_labelled

_DEFAULTS = {"regularization": 1.0, "max_iterations": 200.0}
"""`regularization`: the inverse of its strength; less is stronger."""


def train() -> None:
    """
    Channel `training`, and optionally `validation`.

    raises InputError: for hyperparameters or rows that it does not take
    """
    root = ml_root()
    settings = _settings(root / "input" / "config" / "hyperparameters.json")
    channels = {name: _channel(root, name) for name in ("training", "validation")}
    rows = channels["training"]
    if rows is None:
        raise InputError("there must be a channel training, got: none of that name")
    model = _fit(*rows, settings)
    metrics = {name: _metrics(model, *given) for name, given in channels.items() if given}
    for name, each in metrics.items():
        for metric, value in each.items():
            print(f"{name}:{metric}={value:.6f}", flush=True)
    write_whole(root / "output" / "data" / "metrics.json", json.dumps(metrics))
    model.save(root / "model")


def _settings(path: Path) -> dict[str, float]:
    """SageMaker hands all over as text."""
    given = json.loads(path.read_text()) if path.exists() else {}
    own = {name: value for name, value in given.items() if not name.startswith("sagemaker_")}
    for name in own.keys() - _DEFAULTS.keys():
        raise InputError(f"hyperparameter {name} must be one of {', '.join(_DEFAULTS)}")
    return {name: _above_zero(name, own.get(name, value)) for name, value in _DEFAULTS.items()}


def _above_zero(name: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise InputError(f"hyperparameter {name} must be a number above 0, got: {value!r}")
    return number


def _channel(root: Path, name: str) -> tuple[list[Features], list[str]] | None:
    folder = root / "input" / "data" / name
    return read_labelled(folder) if folder.is_dir() else None


def _fit(features: list[Features], labels: list[str], settings: dict[str, float]) -> Model:
    missing = [species for species in SPECIES if species not in labels]
    if missing:
        raise InputError(f"channel training must have rows of every species, got: none of {', '.join(missing)}")
    # Seconds to import, which no failure above has to wait for.
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(features)
    fitted = LogisticRegression(C=settings["regularization"], max_iter=int(settings["max_iterations"])).fit(
        scaler.transform(features), labels
    )
    return Model(
        species=[str(each) for each in fitted.classes_],
        mean=scaler.mean_.tolist(),
        scale=scaler.scale_.tolist(),
        weights=fitted.coef_.tolist(),
        bias=fitted.intercept_.tolist(),
    )


def _metrics(model: Model, features: list[Features], labels: list[str]) -> dict[str, float]:
    predicted = [label for label, _ in model.predict(features)]
    chances = [
        row[model.species.index(label)] for row, label in zip(model.probabilities(features), labels, strict=True)
    ]
    return {"accuracy": accuracy(labels, predicted), "log_loss": log_loss(chances)}
