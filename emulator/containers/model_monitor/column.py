"""One column of a data set, and the type of what it holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np


class Type(str, Enum):
    """Types as constraints and statistics name them."""

    INTEGRAL = "Integral"
    FRACTIONAL = "Fractional"
    STRING = "String"
    UNKNOWN = "Unknown"


NUMERIC = (Type.INTEGRAL, Type.FRACTIONAL)

# Deequ's notations of numbers (StatefulDataType). A number in scientific notation is text, as AWS warns:
# https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
_FRACTIONAL = re.compile(r"[-+]? ?(\d+\.\d*|\.\d+)", re.ASCII)
_INTEGRAL = re.compile(r"[-+]? ?\d+", re.ASCII)


@dataclass(frozen=True)
class Column:
    """`counts` has how often each present value stands in the column, in the order of first appearance."""

    name: str
    cells: Sequence[str]
    counts: Mapping[str, int]
    types: Mapping[Type, int]
    """How many present values look like each type."""

    @property
    def item_count(self) -> int:
        return len(self.cells)

    @cached_property
    def present(self) -> int:
        return sum(self.counts.values())

    @property
    def completeness(self) -> float:
        return self.present / self.item_count

    @cached_property
    def inferred_type(self) -> Type:
        """One text makes a column text, one fraction makes a column of numbers fractional (as in Deequ)."""
        for kind in (Type.STRING, Type.FRACTIONAL, Type.INTEGRAL):
            if self.types.get(kind):
                return kind
        return Type.UNKNOWN

    @cached_property
    def numbers(self) -> np.ndarray:
        """The present values of a numeric column, in the order of the rows; of any other column, nothing."""
        if self.inferred_type not in NUMERIC:
            return np.empty(0)
        number = {text: number_of(text) for text in self.counts}
        return np.fromiter((number[cell] for cell in self.cells if cell), np.float64, self.present)

    def share_of(self, *kinds: Type) -> float:
        """Share of the present values that look like one of the types."""
        return sum(self.types.get(kind, 0) for kind in kinds) / self.present


def read_column(name: str, cells: Sequence[str]) -> Column:
    counts = Counter(cells)
    counts.pop("", None)
    types: Counter[Type] = Counter()
    for text, count in counts.items():
        types[type_of(text)] += count
    return Column(name, cells, counts, types)


def type_of(text: str) -> Type:
    """What one value looks like. True and false count as text: constraints know no other type for them."""
    if _INTEGRAL.fullmatch(text):
        kind = Type.INTEGRAL
    elif _FRACTIONAL.fullmatch(text):
        kind = Type.FRACTIONAL
    else:
        return Type.STRING
    return kind if math.isfinite(number_of(text)) else Type.STRING


def number_of(text: str) -> float:
    return float(text.replace(" ", ""))
