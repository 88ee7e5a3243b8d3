"""What happens after each round of training: its metrics are printed, and training may stop."""

from __future__ import annotations

import xgboost as xgb
from xgboost.callback import EarlyStopping, EvaluationMonitor, TrainingCallback

from xgboost_image.hyperparameters import Hyperparameters
from xgboost_image.metrics import is_maximised


class InOrder(TrainingCallback):
    """Callbacks one after the other. XGBoost keeps them as a set and skips the rest once one of them stops training,
    so that the last round's line would be printed only at times.
    """

    def __init__(self, *parts: TrainingCallback) -> None:
        super().__init__()
        self._parts = parts

    def before_training(self, model: xgb.Booster) -> xgb.Booster:
        for part in self._parts:
            model = part.before_training(model)
        return model

    def after_iteration(self, model: xgb.Booster, epoch: int, evals_log: TrainingCallback.EvalsLog) -> bool:
        return any([part.after_iteration(model, epoch, evals_log) for part in self._parts])

    def after_training(self, model: xgb.Booster) -> xgb.Booster:
        for part in self._parts:
            model = part.after_training(model)
        return model


def round_callback(hyperparameters: Hyperparameters, validated: bool) -> TrainingCallback:
    """Early stopping is on the last metric named, on validation rows, and keeps the best round's model, as in the
    image; without a validation channel or a metric there is none.
    """
    monitor = EvaluationMonitor(logger=lambda line: print(line, end="", flush=True))
    if not hyperparameters.early_stopping_rounds:
        return monitor
    if not (validated and hyperparameters.eval_metric):
        print("No early stopping: it needs a validation channel and eval_metric")
        return monitor
    metric = hyperparameters.eval_metric[-1]
    stopping = EarlyStopping(
        rounds=hyperparameters.early_stopping_rounds,
        metric_name=metric,
        data_name="validation",
        maximize=is_maximised(metric),
        save_best=True,
    )
    return InOrder(monitor, stopping)
