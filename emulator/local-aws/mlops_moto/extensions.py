"""Everything local AWS adds to moto or mends in it."""

from . import (
    accounts,
    assumed_roles,
    bucket_policies,
    event_rules,
    execution_control,
    execution_lists,
    jobs,
    lambda_settings,
    model_package_groups,
    model_packages,
    pipeline_executions,
    pipelines,
    registry_access,
    sagemaker_models,
)


def install(caller_account: str) -> None:
    """Once a process, before the first request."""
    accounts.install(caller_account)
    assumed_roles.install()
    bucket_policies.install()
    event_rules.install()
    execution_control.install()
    execution_lists.install()
    jobs.install()
    lambda_settings.install()
    model_package_groups.install()
    model_packages.install()
    pipeline_executions.install()
    pipelines.install()
    registry_access.install()
    sagemaker_models.install()
