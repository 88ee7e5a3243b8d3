"""CodePipeline: times as clients read them, and roles by who may assume them. Nothing runs."""

from .pipelines import install

__all__ = ["install"]
