"""Which hyperparameters go together, as the image checks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Values = Mapping[str, Any]

LINEAR_UPDATERS = {"shotgun", "coord_descent"}
PRUNING_UPDATERS = {"refresh", "prune"}
GROWING_UPDATERS = {"grow_colmaker", "distcol", "grow_histmaker", "grow_local_histmaker", "grow_quantile_histmaker"}


def combination_problems(values: Values) -> list[str]:
    """What is wrong with values that are each right by themselves."""
    return [problem for rule in RULES if (problem := rule(values))]


def _objective(values: Values) -> str:
    return str(values.get("objective", "reg:squarederror"))


def _classes(values: Values) -> str | None:
    if _objective(values).startswith("multi:") and "num_class" not in values:
        return f"num_class is required with objective {_objective(values)}"
    return None


def _auc(values: Values) -> str | None:
    if "auc" in values.get("eval_metric", ()) and not _objective(values).startswith(("binary:", "rank:")):
        return f"eval_metric auc needs a binary: or rank: objective, got: {_objective(values)!r}"
    return None


def _survival(values: Values) -> str | None:
    if "aft-nloglik" in values.get("eval_metric", ()) and _objective(values) != "survival:aft":
        return f"eval_metric aft-nloglik needs objective survival:aft, got: {_objective(values)!r}"
    return None


def _needs_tree_method(name: str, *methods: str) -> Callable[[Values], str | None]:
    def rule(values: Values) -> str | None:
        if name in values and values.get("tree_method") not in methods:
            return f"{name} needs tree_method {' or '.join(methods)}, got: {values.get('tree_method')!r}"
        return None

    return rule


def _updaters(values: Values) -> str | None:
    updaters: Sequence[str] = values.get("updater", ())
    if not updaters:
        return None
    if values.get("booster") == "gblinear":
        right, rule = len(updaters) == 1 and set(updaters) <= LINEAR_UPDATERS, "one of shotgun, coord_descent"
    elif values.get("process_type") == "update":
        right, rule = set(updaters) <= PRUNING_UPDATERS, "refresh or prune with process_type update"
    else:
        growing = sum(updater in GROWING_UPDATERS for updater in updaters)
        right = growing <= 1 and not set(updaters) & LINEAR_UPDATERS
        rule = "tree updaters, at most one of which grows trees"
    return None if right else f"updater must be {rule}, got: {','.join(updaters)!r}"


RULES: tuple[Callable[[Values], str | None], ...] = (
    _classes,
    _auc,
    _survival,
    _needs_tree_method("monotone_constraints", "exact", "hist"),
    _needs_tree_method("interaction_constraints", "exact", "hist", "approx"),
    _updaters,
)
