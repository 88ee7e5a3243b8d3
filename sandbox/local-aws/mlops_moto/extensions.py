"""Everything local AWS adds to moto or mends in it."""

from . import (
    accounts,
    bucket_policies,
    event_rules,
    lambda_settings,
    model_package_groups,
    pipeline_executions,
    registry_access,
    sagemaker_models,
)


def install(caller_account: str) -> None:
    """Once a process, before the first request."""
    accounts.install(caller_account)
    bucket_policies.install()
    event_rules.install()
    lambda_settings.install()
    model_package_groups.install()
    pipeline_executions.install()
    registry_access.install()
    sagemaker_models.install()
