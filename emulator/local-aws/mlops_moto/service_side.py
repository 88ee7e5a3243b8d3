"""Every action at `/mlops-local/`."""

from collections.abc import Mapping

from .assumed_roles import assumed_roles
from .execution_history import execution_history
from .finished_jobs import finish_job
from .function_code import get_function_code
from .local_actions import Action
from .service_roles import assume_service_role
from .worker import Worker


def actions() -> Mapping[str, Action]:
    return {
        **Worker().actions,
        "AssumedRoles": assumed_roles,
        "AssumeServiceRole": assume_service_role,
        "ExecutionHistory": execution_history,
        "FinishJob": finish_job,
        "GetFunctionCode": get_function_code,
    }
