"""CodePipeline: pipelines that build, run one after the other, as they are started or a push starts them."""

from .executions import abandon as abandon_deliveries
from .pipelines import install
from .pushes import complete_connection, pushed

__all__ = ["abandon_deliveries", "complete_connection", "install", "pushed"]
