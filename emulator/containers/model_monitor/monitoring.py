"""What a constraints file asks of the checks: its `monitoring_config`, and a feature's overrides of it."""

from __future__ import annotations

from dataclasses import dataclass

from model_monitor.constraints import SUGGESTED_MONITORING
from model_monitor.documents import Node

# The Python SDK writes a feature's overrides below its string or number constraints, the schema has them beside these.
OVERRIDES = ("monitoringConfigOverrides", "monitoring_config_overrides")


@dataclass(frozen=True)
class Monitoring:
    evaluate: bool
    emit_metrics: bool
    type_threshold: float
    """Least share of the present values that must have the baseline's type."""
    domain_threshold: float
    """Least share of the present values that must be in the baseline's domain."""
    compare: bool
    robust: bool
    numeric_threshold: float
    """Greatest distance between distributions, 0 to 1."""
    categorical_threshold: float
    chi_squared: bool


def monitoring_of(document: Node, feature: Node | None = None) -> Monitoring:
    """The settings for a feature, or for all of them; what a file leaves out is as the analyzer suggests it.

    Raises JobError for a value that the schema does not have.
    """
    config = document.node("monitoring_config")
    for overrides in _overrides(feature) if feature else []:
        config = config.merged(overrides)
    distribution = config.node("distribution_constraints")
    fallback = {"categorical_comparison_threshold": distribution.content.get("comparison_threshold", 0.1)}
    suggested = {**SUGGESTED_MONITORING["distribution_constraints"], **fallback}
    general = Node(SUGGESTED_MONITORING, config.place).merged(config)
    distances = Node(suggested, distribution.place).merged(distribution)
    return Monitoring(
        evaluate=_enabled(general, "evaluate_constraints"),
        emit_metrics=_enabled(general, "emit_metrics"),
        type_threshold=general.share("datatype_check_threshold"),
        domain_threshold=general.share("domain_content_threshold"),
        compare=_enabled(distances, "perform_comparison"),
        robust=distances.choice("comparison_method", ("Robust", "Simple", "linf_robust", "linf_simple"))
        in ("Robust", "linf_robust"),
        numeric_threshold=distances.share("comparison_threshold"),
        categorical_threshold=distances.share("categorical_comparison_threshold"),
        chi_squared=distances.choice("categorical_drift_method", ("LInfinity", "ChiSquared")) == "ChiSquared",
    )


def _enabled(node: Node, name: str) -> bool:
    return node.choice(name, ("Enabled", "Disabled")) == "Enabled"


def _overrides(feature: Node) -> list[Node]:
    places = [feature, feature.node("num_constraints"), feature.node("string_constraints")]
    return [place.node(name) for place in places for name in OVERRIDES if name in place]
