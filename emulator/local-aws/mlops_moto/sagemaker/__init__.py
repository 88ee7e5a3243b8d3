"""SageMaker: pipelines and their executions, jobs, models, the model registry, endpoints."""

from . import (
    catalog_status,
    code_repositories,
    endpoints,
    execution_control,
    execution_lists,
    executions,
    jobs,
    model_package_groups,
    model_packages,
    models,
    pipelines,
    projects,
    registry_access,
    request_constraints,
    standing_jobs,
    tagged,
    tuning_jobs,
)
from .event_target import start_pipeline

__all__ = ["install", "start_pipeline"]


def install() -> None:
    catalog_status.install()
    code_repositories.install()
    endpoints.install()
    execution_control.install()
    execution_lists.install()
    executions.install()
    jobs.install()
    standing_jobs.install()
    model_package_groups.install()
    model_packages.install()
    models.install()
    pipelines.install()
    projects.install()
    registry_access.install()
    request_constraints.install()
    tagged.install()
    tuning_jobs.install()
