"""What SageMaker and Lambda do inside, asked for by the worker that runs pipelines: every action at `/mlops-local/`."""

from collections.abc import Mapping

from .api import Action, ControlPlane
from .execution_history import execution_history
from .function_code import get_function_code, require_invocation
from .jobs import finish_job
from .service_roles import assume_service_role, assumed_roles
from .tuning import finish_tuning, start_trial
from .worker import Worker

__all__ = ["ControlPlane", "actions"]


def actions() -> Mapping[str, Action]:
    """By name."""
    return {
        **Worker().actions,
        "AssumedRoles": assumed_roles,
        "AssumeServiceRole": assume_service_role,
        "ExecutionHistory": execution_history,
        "FinishJob": finish_job,
        "FinishTuning": finish_tuning,
        "GetFunctionCode": get_function_code,
        "RequireInvocation": require_invocation,
        "StartTrial": start_trial,
    }
