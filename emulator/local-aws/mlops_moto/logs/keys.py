"""
The key of a log group that stands. moto (5.2.5) knows that of a new one alone.
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html
"""

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.responses import LogsResponse

from ..patching import replace


def install() -> None:
    replace(LogsResponse, "associate_kms_key", associate_kms_key)
    replace(LogsResponse, "disassociate_kms_key", disassociate_kms_key)


def associate_kms_key(response: LogsResponse) -> str:
    return _set_key(response, response._get_param("kmsKeyId"))


def disassociate_kms_key(response: LogsResponse) -> str:
    return _set_key(response, None)


def _set_key(response: LogsResponse, key: str | None) -> str:
    group = response.logs_backend.groups.get(response._get_param("logGroupName"))
    if group is None:
        raise ResourceNotFoundException()
    group.kms_key_id = key
    return ""
