"""
What SageMaker refuses of a pipeline definition when a pipeline is made or changed, before anything runs.
https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-overview.html
"""

from .check import check_definition

__all__ = ["check_definition"]
