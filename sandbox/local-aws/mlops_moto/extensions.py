"""Everything local AWS adds to moto or mends in it."""

from . import accounts, event_rules, model_package_groups, pipeline_executions, registry_access


def install(caller_account: str) -> None:
    """Once a process, before the first request."""
    accounts.install(caller_account)
    event_rules.install()
    model_package_groups.install()
    pipeline_executions.install()
    registry_access.install()
