"""
What SageMaker refuses of a pipeline definition when a pipeline is made or changed, before anything runs.
https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-overview.html
"""

from .check import check_definition
from .layout import Layout, layout_of

__all__ = ["Layout", "check_definition", "layout_of"]
