"""A script for the XGBoost image, with the functions of its model."""

import argparse
import json
import os
from typing import Any

import numpy as np
import xgboost as xgb


def model_fn(model_dir: str) -> xgb.Booster:
    booster = xgb.Booster()
    booster.load_model(os.path.join(model_dir, "booster.json"))
    return booster


def output_fn(prediction: np.ndarray, accept: str) -> tuple[str, str]:
    return "".join(f"{json.dumps({'score': round(float(each), 2)})}\n" for each in prediction), "application/jsonlines"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--num-round", type=int)
    given: Any = parser.parse_args()
    rows = np.loadtxt(os.path.join(os.environ["SM_CHANNEL_TRAIN"], "rows.csv"), delimiter=",")
    data = xgb.DMatrix(rows[:, 1:], rows[:, 0])
    parameters = {"objective": "binary:logistic", "min_child_weight": 0}
    booster = xgb.train(parameters, data, given.num_round, evals=[(data, "train")])
    booster.save_model(os.path.join(os.environ["SM_MODEL_DIR"], "booster.json"))


if __name__ == "__main__":
    main()
