"""
What SageMaker refuses of a pipeline definition when a pipeline is made or changed, and what the runner of local AWS
cannot run of one, before anything runs.
https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-overview.html
"""

from .check import check_definition, refuse_unsupported
from .layout import Layout, layout_of

__all__ = ["Layout", "check_definition", "layout_of", "refuse_unsupported"]
