"""What SageMaker's images hold, as far as the scripts use it.

From the images' own sources: github.com/aws/deep-learning-containers, docker/sklearn/1.4-2/requirements.txt and
docker/xgboost/3.0-5/{Dockerfile,requirements.txt}; Python also in github.com/aws/sagemaker-scikit-learn-container,
docker/1.4-2/base/Dockerfile.cpu. The scikit-learn image leaves scipy open (1.9.0 or newer).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Image:
    """Python's version, and that of every library a script may import."""

    python: tuple[int, int]
    libraries: Mapping[str, str]


IMAGES = {
    "sagemaker-scikit-learn:1.4-2-cpu-py3": Image(
        (3, 10), {"numpy": "2.1.0", "pandas": "2.3.2", "scikit-learn": "1.4.2"}
    ),
    "sagemaker-xgboost:3.0-5": Image(
        (3, 10),
        {"numpy": "2.1.0", "pandas": "2.2.3", "scikit-learn": "1.5.2", "scipy": "1.15.0", "xgboost": "3.0.5"},
    ),
}
