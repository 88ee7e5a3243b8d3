"""
Alarms that roll an update back, looked at once the new fleet is up: nobody waits for baking periods here. The execution
role must be allowed to ask.
https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
"""

from collections.abc import Sequence

from botocore.exceptions import ClientError

from .serving import Fleet


def raised(alarms: Sequence[str], fleet: Fleet) -> str | None:
    """Why the update must go back; None where nothing is in ALARM."""
    if not alarms:
        return None
    try:
        found = fleet.clients.of("cloudwatch").describe_alarms(AlarmNames=list(alarms))["MetricAlarms"]
    except ClientError as error:
        return f"The update was rolled back: its alarms cannot be looked at: {error}"
    names = [alarm["AlarmName"] for alarm in found if alarm["StateValue"] == "ALARM"]
    return f"The update was rolled back: in ALARM: {', '.join(names)}" if names else None
