"""The hyperparameters of the built-in algorithm: names, kinds, ranges.

https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost_hyperparameters.html; ranges are those the image checks
(sagemaker_xgboost_container/algorithm_mode/hyperparameter_validation.py), in places narrower than the page's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xgboost_image.combinations import combination_problems
from xgboost_image.job import JobError
from xgboost_image.metrics import metric_rule
from xgboost_image.model_file import HERE
from xgboost_image.rules import Rule, integer, list_of, literal, number, one_of

UNIT, SHARE, FROM_0, FLAG = "[0, 1]", "(0, 1]", "[0, ∞)", one_of("true", "false")
OBJECTIVES = (
    "binary:hinge binary:logistic binary:logitraw count:poisson multi:softmax multi:softprob rank:map rank:ndcg "
    "rank:pairwise reg:gamma reg:linear reg:logistic reg:pseudohubererror reg:squarederror reg:squaredlogerror "
    "reg:tweedie survival:aft survival:cox"
)
UPDATERS = (
    "grow_colmaker grow_histmaker grow_local_histmaker grow_quantile_histmaker grow_skmaker distcol sync refresh "
    "prune shotgun coord_descent"
)

RULES: dict[str, Rule] = {
    "aft_loss_distribution": one_of("normal", "logistic", "extreme"),
    "aft_loss_distribution_scale": number(FROM_0),
    "alpha": number(FROM_0),
    "base_score": number(FROM_0),
    "booster": one_of("gbtree", "gblinear", "dart"),
    "colsample_bylevel": number(SHARE),
    "colsample_bynode": number(SHARE),
    "colsample_bytree": number(SHARE),
    "csv_weights": integer(UNIT),
    "early_stopping_rounds": integer("[1, ∞)"),
    "eta": number(UNIT),
    "eval_metric": list_of(metric_rule),
    "gamma": number(FROM_0),
    "grow_policy": one_of("depthwise", "lossguide"),
    "interaction_constraints": literal(
        "a list of lists of feature numbers, such as [[1, 2], [3, 4]]",
        lambda groups: isinstance(groups, list) and all(type(i) is int and i >= 1 for group in groups for i in group),
    ),
    "lambda": number(FROM_0),
    "max_bin": integer(FROM_0),
    "max_delta_step": number(FROM_0),
    "max_depth": integer(FROM_0),
    "max_leaves": integer(FROM_0),
    "min_child_weight": number(FROM_0),
    "monotone_constraints": literal(
        "a tuple of -1, 0 and 1, such as (1, 0, -1)",
        lambda signs: isinstance(signs, tuple) and all(sign in (-1, 0, 1) for sign in signs),
    ),
    "normalize_type": one_of("tree", "forest"),
    "nthread": integer("[1, ∞)"),
    "num_class": integer("[2, ∞)"),
    "num_parallel_tree": integer("[1, ∞)"),
    "num_round": integer("[1, ∞)"),
    "objective": one_of(*OBJECTIVES.split()),
    "one_drop": integer(UNIT),
    "process_type": one_of("default", "update"),
    "rate_drop": number(UNIT),
    "refresh_leaf": integer(UNIT),
    "sample_type": one_of("uniform", "weighted"),
    "sampling_method": one_of("uniform", "gradient_based"),
    "scale_pos_weight": number("(0, ∞)"),
    "seed": integer("(-2147483648, 2147483647)"),
    "skip_drop": number(UNIT),
    "subsample": number(SHARE),
    "tree_method": one_of("auto", "exact", "approx", "hist"),
    "tweedie_variance_power": number("(1, 2)"),
    "updater": list_of(one_of(*UPDATERS.split())),
    "verbosity": integer("[0, 3]"),
}
WITHOUT_EFFECT: dict[str, Rule] = {
    "deterministic_histogram": FLAG,
    "dsplit": one_of("row", "col"),
    "lambda_bias": number(UNIT),
    "predictor": one_of("auto", "cpu_predictor"),
    "prob_buffer_row": number("(1, ∞)"),
    "save_model_on_termination": FLAG,
    "single_precision_histogram": FLAG,
    "sketch_eps": number("(0, 1)"),
}
"""Known to the image and checked, but XGBoost 3 has dropped it, or it means nothing to one process on one machine."""

UNTIL_1_0: dict[str, Rule] = {"silent": integer(UNIT)}
"""Known to the images 0.90 and 1.0 only, AWS's own abalone example gives it; without effect here."""

NOT_HERE = ("_kfold", "_num_cv_round", "use_dask_gpu_training")
"""Known to the image; this does no cross-validation or GPU training."""

OBJECTIVE = "_tuning_objective_metric"
"""Given by a tuning job: `validation:rmse`, a channel and a metric that is told, and that early stopping goes by."""

ALIASES = {"learning_rate": "eta", "min_split_loss": "gamma", "reg_alpha": "alpha", "reg_lambda": "lambda"}


@dataclass(frozen=True)
class Hyperparameters:
    """What was asked for; `booster` holds what goes to XGBoost under its own names."""

    num_round: int
    early_stopping_rounds: int | None
    csv_weights: bool
    eval_metric: tuple[str, ...]
    booster: Mapping[str, Any]
    without_effect: tuple[str, ...]


def parse_hyperparameters(texts: Mapping[str, Any], version: str = HERE) -> Hyperparameters:
    """Checks names, kinds, ranges and combinations. Raises JobError that tells of every mistake at once."""
    without_effect_there = {**WITHOUT_EFFECT, **(UNTIL_1_0 if version.startswith(("0.90-", "1.0-")) else {})}
    rules = {**RULES, OBJECTIVE: objective_rule, **without_effect_there}
    values: dict[str, Any] = {}
    problems = [problem for name, text in texts.items() if (problem := _take(name, text, rules, values))]
    if "num_round" not in texts:
        problems.append("num_round is required")
    problems = problems or combination_problems(values)
    if problems:
        raise JobError(f"hyperparameters: {'; '.join(problems)}")
    told = tuple(values.pop("eval_metric", ()))
    objective = values.pop(OBJECTIVE, None)
    eval_metric = (*(each for each in told if each != objective), objective) if objective else told
    without_effect = tuple(name for name in without_effect_there if values.pop(name, None) is not None)
    return Hyperparameters(
        num_round=values.pop("num_round"),
        early_stopping_rounds=values.pop("early_stopping_rounds", None),
        csv_weights=values.pop("csv_weights", 0) == 1,
        eval_metric=eval_metric,
        booster={**values, **({"updater": ",".join(values["updater"])} if "updater" in values else {})},
        without_effect=without_effect,
    )


def objective_rule(text: str) -> str:
    """The metric of an objective. raises ValueError"""
    channel, _, metric = text.partition(":")
    if channel not in ("train", "validation"):
        raise ValueError("must be train: or validation:, and a metric")
    return metric_rule(metric)


def _take(name: str, text: Any, rules: Mapping[str, Rule], values: dict[str, Any]) -> str | None:
    """Adds one value to the others, or says what is wrong with it."""
    own_name = ALIASES.get(name, name)
    rule = rules.get(own_name)
    if rule is None:
        return f"{name} is not supported on this machine" if name in NOT_HERE else f"{name} is unknown"
    if own_name in values:
        return f"{own_name} is given twice, once as {next(other for other in ALIASES if ALIASES[other] == own_name)}"
    if not isinstance(text, str):
        return f"{name} must be text, got: {text!r}"
    try:
        values[own_name] = rule(text)
    except ValueError as error:
        return f"{name} {error}, got: {text!r}"
    return None
