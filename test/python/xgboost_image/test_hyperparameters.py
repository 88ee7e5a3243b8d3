from __future__ import annotations

import numpy as np
import pytest
import xgboost as xgb
from xgboost_image.hyperparameters import RULES, WITHOUT_EFFECT, parse_hyperparameters
from xgboost_image.job import JobError

# A value within the range of every hyperparameter that AWS documents
# (https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost_hyperparameters.html), with what it needs beside it.
DOCUMENTED = {
    "num_class": ("3", {"objective": "multi:softmax"}),
    "num_round": ("50", {}),
    "alpha": ("0.5", {}),
    "base_score": ("0.5", {}),
    "booster": ("dart", {}),
    "colsample_bylevel": ("0.8", {}),
    "colsample_bynode": ("0.8", {}),
    "colsample_bytree": ("1", {}),
    "csv_weights": ("0", {}),
    "deterministic_histogram": ("true", {}),
    "early_stopping_rounds": ("10", {}),
    "eta": ("0.3", {}),
    "eval_metric": ("rmse", {}),
    "gamma": ("4", {}),
    "grow_policy": ("lossguide", {}),
    "interaction_constraints": ("[[1, 2], [3, 4]]", {"tree_method": "hist"}),
    "lambda": ("1", {}),
    "lambda_bias": ("0", {}),
    "max_bin": ("256", {}),
    "max_delta_step": ("1", {}),
    "max_depth": ("6", {}),
    "max_leaves": ("0", {}),
    "min_child_weight": ("6", {}),
    "monotone_constraints": ("(1, 0, -1, 0, 0)", {"tree_method": "exact"}),
    "normalize_type": ("forest", {"booster": "dart"}),
    "nthread": ("2", {}),
    "objective": ("reg:squarederror", {}),
    "one_drop": ("1", {"booster": "dart"}),
    "process_type": ("default", {}),
    "rate_drop": ("0.1", {"booster": "dart"}),
    "refresh_leaf": ("1", {"process_type": "default"}),
    "sample_type": ("weighted", {"booster": "dart"}),
    "scale_pos_weight": ("1.5", {}),
    "seed": ("7", {}),
    "single_precision_histogram": ("false", {}),
    "sketch_eps": ("0.03", {}),
    "skip_drop": ("0.5", {"booster": "dart"}),
    "subsample": ("0.7", {}),
    "tree_method": ("approx", {}),
    "tweedie_variance_power": ("1.5", {"objective": "reg:tweedie"}),
    "updater": ("grow_colmaker,prune", {}),
    "verbosity": ("1", {}),
}


def problem_of(**texts: object) -> str:
    with pytest.raises(JobError) as error:
        parse_hyperparameters({"num_round": "5", **texts})
    return str(error.value).removeprefix("hyperparameters: ")


@pytest.mark.filterwarnings("ignore:.*manually specified the `updater` parameter")
@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_documented_hyperparameter_is_taken_and_xgboost_trains_with_it(name: str) -> None:
    text, others = DOCUMENTED[name]
    parsed = parse_hyperparameters({"num_round": "2", **others, name: text})
    features = np.random.default_rng(1).random((30, 5))
    xgb.train(dict(parsed.booster), xgb.DMatrix(features, label=np.arange(30) % 3), 1)


def test_numbers_are_numbers_and_what_is_not_xgboosts_is_kept_apart() -> None:
    parsed = parse_hyperparameters(
        {
            "objective": "binary:logistic",
            "eval_metric": "auc, error@0.7",
            "num_round": "50",
            "max_depth": "5",
            "eta": "0.2",
            "csv_weights": "1",
            "early_stopping_rounds": "3",
            "updater": "grow_histmaker, prune",
            "dsplit": "row",
        }
    )
    assert (parsed.num_round, parsed.early_stopping_rounds, parsed.csv_weights) == (50, 3, True)
    assert parsed.eval_metric == ("auc", "error@0.7")
    assert parsed.without_effect == ("dsplit",)
    assert parsed.booster == {
        "objective": "binary:logistic",
        "max_depth": 5,
        "eta": 0.2,
        "updater": "grow_histmaker,prune",
    }


def test_without_num_round_nothing_is_trained() -> None:
    with pytest.raises(JobError, match=r"^hyperparameters: num_round is required$"):
        parse_hyperparameters({"eta": "0.2"})


@pytest.mark.parametrize(
    ("alias", "name"),
    [("learning_rate", "eta"), ("min_split_loss", "gamma"), ("reg_alpha", "alpha"), ("reg_lambda", "lambda")],
)
def test_an_alias_is_the_hyperparameter_it_stands_for(alias: str, name: str) -> None:
    assert parse_hyperparameters({"num_round": "5", alias: "0.5"}).booster == {name: 0.5}
    assert problem_of(**{alias: "0.5", name: "0.5"}) == f"{name} is given twice, once as {alias}"


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("eta", "1.5", "must be a number in [0, 1]"),
        ("eta", "fast", "must be a number in [0, 1]"),
        ("eta", "nan", "must be a number in [0, 1]"),
        ("alpha", "inf", "must be a number in [0, ∞)"),
        ("gamma", "-1", "must be a number in [0, ∞)"),
        ("subsample", "0", "must be a number in (0, 1]"),
        ("tweedie_variance_power", "2", "must be a number in (1, 2)"),
        ("max_depth", "5.0", "must be an integer in [0, ∞)"),
        ("num_round", "0", "must be an integer in [1, ∞)"),
        ("seed", "2147483647", "must be an integer in (-2147483648, 2147483647)"),
        ("csv_weights", "2", "must be an integer in [0, 1]"),
        ("booster", "gbforest", "must be one of gbtree, gblinear, dart"),
        ("tree_method", "gpu_hist", "must be one of auto, exact, approx, hist"),
        ("deterministic_histogram", "True", "must be one of true, false"),
        ("interaction_constraints", "[[0, 1]]", "must be a list of lists of feature numbers, such as [[1, 2], [3, 4]]"),
        ("interaction_constraints", "[1", "must be a list of lists of feature numbers, such as [[1, 2], [3, 4]]"),
        ("interaction_constraints", "[1, 2]", "must be a list of lists of feature numbers, such as [[1, 2], [3, 4]]"),
        ("monotone_constraints", "(1, 2)", "must be a tuple of -1, 0 and 1, such as (1, 0, -1)"),
        ("monotone_constraints", "__import__('os')", "must be a tuple of -1, 0 and 1, such as (1, 0, -1)"),
    ],
)
def test_a_value_outside_its_kind_or_range_is_refused_with_the_rule(name: str, text: str, rule: str) -> None:
    assert problem_of(**{name: text}) == f"{name} {rule}, got: {text!r}"


@pytest.mark.parametrize("name", sorted({*RULES, *WITHOUT_EFFECT}))
def test_a_value_that_is_no_text_is_refused(name: str) -> None:
    assert problem_of(**{name: 1}) == f"{name} must be text, got: 1"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("n_estimators", "n_estimators is unknown"), ("_kfold", "_kfold is not supported on this machine")],
)
def test_a_name_that_is_not_the_algorithms_is_refused(name: str, problem: str) -> None:
    assert problem_of(**{name: "5"}) == problem


def test_every_mistake_is_told_at_once() -> None:
    assert problem_of(eta="2", depth="3", max_depth="x") == (
        "eta must be a number in [0, 1], got: '2'; depth is unknown; max_depth must be an integer in [0, ∞), got: 'x'"
    )


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"objective": "multi:softprob"}, "num_class is required with objective multi:softprob"),
        ({"eval_metric": "auc"}, "eval_metric auc needs a binary: or rank: objective, got: 'reg:squarederror'"),
        ({"eval_metric": "rmse,aft-nloglik"}, "eval_metric aft-nloglik needs objective survival:aft"),
        ({"monotone_constraints": "(1, 0)"}, "monotone_constraints needs tree_method exact or hist, got: None"),
        (
            {"interaction_constraints": "[[1, 2]]", "tree_method": "auto"},
            "interaction_constraints needs tree_method exact or hist or approx, got: 'auto'",
        ),
        ({"booster": "gblinear", "updater": "prune"}, "updater must be one of shotgun, coord_descent, got: 'prune'"),
        ({"process_type": "update", "updater": "sync"}, "updater must be refresh or prune with process_type update"),
        (
            {"updater": "grow_colmaker,grow_histmaker"},
            "updater must be tree updaters, at most one of which grows trees",
        ),
        ({"updater": "shotgun"}, "updater must be tree updaters, at most one of which grows trees"),
    ],
)
def test_values_that_do_not_go_together_are_refused(texts: dict[str, str], problem: str) -> None:
    assert problem_of(**texts).startswith(problem)


@pytest.mark.parametrize(
    "texts",
    [
        {"booster": "gblinear", "updater": "shotgun"},
        {"process_type": "update", "updater": "refresh,prune"},
        {"objective": "survival:aft", "eval_metric": "aft-nloglik"},
        {"objective": "rank:map", "eval_metric": "auc"},
    ],
)
def test_values_that_go_together_are_taken(texts: dict[str, str]) -> None:
    assert parse_hyperparameters({"num_round": "5", **texts}).num_round == 5
