"""The baseline of a monitoring job: the constraints and statistics of an earlier data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_monitor.column import Type
from model_monitor.documents import Node, read_document
from model_monitor.kll import KllSketch, sketch_from_json
from model_monitor.monitoring import Monitoring, monitoring_of


@dataclass(frozen=True)
class FeatureConstraints:
    """What a column must hold; None where the file does not say."""

    inferred_type: Type
    completeness: float | None
    non_negative: bool
    domain: frozenset[str] | None
    monitoring: Monitoring


@dataclass(frozen=True)
class Constraints:
    monitoring: Monitoring
    features: Mapping[str, FeatureConstraints]


@dataclass(frozen=True)
class Distribution:
    """How a column was distributed: a sketch of its numbers, or how often each text stood in it."""

    sketch: KllSketch | None = None
    categories: Mapping[str, float] | None = None


def read_constraints(path: Path) -> Constraints:
    """Raises JobError, with the field's place, for a file that is not as the schema has it."""
    document = read_document(path)
    features = {node.get("name", str): _feature_constraints(document, node) for node in document.nodes("features")}
    return Constraints(monitoring_of(document), features)


def no_constraints() -> Constraints:
    """What holds where only statistics are given: the suggested settings, and no rules for any column."""
    return Constraints(monitoring_of(Node({}, "constraints")), {})


def _feature_constraints(document: Node, feature: Node) -> FeatureConstraints:
    numbers, texts = feature.node("num_constraints"), feature.node("string_constraints")
    return FeatureConstraints(
        inferred_type=Type(feature.choice("inferred_type", tuple(kind.value for kind in Type))),
        completeness=feature.share("completeness") if "completeness" in feature else None,
        non_negative=numbers.get("is_non_negative", bool) if "is_non_negative" in numbers else False,
        domain=_domain(texts) if "domains" in texts else None,
        monitoring=monitoring_of(document, feature),
    )


def _domain(texts: Node) -> frozenset[str]:
    values: list[Any] = texts.get("domains", list)
    if not all(isinstance(value, str) for value in values):
        raise texts.error("domains", "a list of texts", values)
    return frozenset(values)


def read_distributions(path: Path) -> Mapping[str, Distribution]:
    """The columns' distributions in a statistics file."""
    return {node.get("name", str): _distribution(node) for node in read_document(path).nodes("features")}


def _distribution(feature: Node) -> Distribution:
    kll = feature.node("numerical_statistics").node("distribution").node("kll")
    if "sketch" in kll:
        sketch = kll.node("sketch")
        try:
            return Distribution(sketch=sketch_from_json(sketch.get("data", list)))
        except (TypeError, ValueError):
            raise sketch.error("data", "levels of numbers", sketch.content.get("data")) from None
    categorical = feature.node("string_statistics").node("distribution").node("categorical")
    buckets = categorical.nodes("buckets") if "buckets" in categorical else []
    counts = {bucket.get("value", str): bucket.get("count", float) for bucket in buckets}
    if any(count < 0 for count in counts.values()):
        raise categorical.error("buckets", "counts of 0 or more", categorical.content["buckets"])
    return Distribution(categories=counts if sum(counts.values()) else None)
