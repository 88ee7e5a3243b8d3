"""
SageMaker's quotas and requests to raise them, which moto (5.2.5) lacks. Small requests are granted at once, as AWS
grants them within minutes; a larger one waits in a support case that nobody here closes.
https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_RequestServiceQuotaIncrease.html
"""

import json
from collections.abc import Sequence
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time, utcnow
from moto.moto_api._internal import mock_random
from moto.servicequotas.models import ServiceQuotasBackend
from moto.servicequotas.responses import ServiceQuotasResponse

from ..patching import replace
from .sagemaker import default_quotas

_GRANTED_AT_ONCE = 20
_LARGEST_PAGE = 100
_OPEN = ("PENDING", "CASE_OPENED")

_list_defaults_by_moto = ServiceQuotasResponse.list_aws_default_service_quotas


def install() -> None:
    replace(ServiceQuotasResponse, "list_service_quotas", _list_quotas)
    replace(ServiceQuotasResponse, "list_aws_default_service_quotas", _list_defaults)
    replace(ServiceQuotasResponse, "list_requested_service_quota_change_history", _list_requests)
    replace(ServiceQuotasResponse, "request_service_quota_increase", _request)


def _list_quotas(response: ServiceQuotasResponse) -> str:
    body = _body(response)
    granted = {each["QuotaCode"]: each["DesiredValue"] for each in _requests(response) if each["Status"] == "APPROVED"}
    quotas = [{**quota, "Value": granted.get(quota["QuotaCode"], quota["Value"])} for quota in _defaults(response)]
    return _page(body, "Quotas", quotas)


def _list_defaults(response: ServiceQuotasResponse) -> str:
    body = json.loads(response.body)
    if body.get("ServiceCode") != "sagemaker":
        return _list_defaults_by_moto(response)
    return _page(body, "Quotas", _defaults(response))


def _list_requests(response: ServiceQuotasResponse) -> str:
    return _page(_body(response), "RequestedQuotas", _requests(response))


def _request(response: ServiceQuotasResponse) -> str:
    body = _body(response)
    quota = next((each for each in _defaults(response) if each["QuotaCode"] == body["QuotaCode"]), None)
    if quota is None:
        raise JsonRESTError("NoSuchResourceException", "The request failed because the quota does not exist.")
    requests = _requests(response)
    if any(each["QuotaCode"] == body["QuotaCode"] and each["Status"] in _OPEN for each in requests):
        raise JsonRESTError("ResourceAlreadyExistsException", "Only one open service quota increase request is allowed")
    wanted = float(body["DesiredValue"])
    kept = {name: quota[name] for name in ("ServiceCode", "ServiceName", "QuotaArn", "QuotaCode", "QuotaName", "Unit")}
    made = {
        **kept,
        "Id": mock_random.get_random_hex(32),
        "DesiredValue": wanted,
        "Status": "APPROVED" if wanted <= _GRANTED_AT_ONCE else "CASE_OPENED",
        "Created": unix_time(utcnow()),
        "LastUpdated": unix_time(utcnow()),
        "GlobalQuota": False,
    }
    requests.append(made)
    return json.dumps({"RequestedQuota": {**made, "Status": "PENDING"}})


def _body(response: ServiceQuotasResponse) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(response.body)
    if body.get("ServiceCode") != "sagemaker":
        raise JsonRESTError("NoSuchResourceException", "Local AWS has the quotas of sagemaker alone.")
    return body


def _defaults(response: ServiceQuotasResponse) -> list[dict[str, Any]]:
    return default_quotas(response.region, response.current_account)


def _requests(response: ServiceQuotasResponse) -> list[dict[str, Any]]:
    """Of the account and region, oldest first."""
    backend: ServiceQuotasBackend = response.backend
    kept: list[dict[str, Any]] = vars(backend).setdefault("quota_requests", [])
    return kept


def _page(body: dict[str, Any], name: str, items: Sequence[dict[str, Any]]) -> str:
    size = int(body.get("MaxResults") or _LARGEST_PAGE)
    if not 1 <= size <= _LARGEST_PAGE:
        raise JsonRESTError(
            "IllegalArgumentException", f"MaxResults must be between 1 and {_LARGEST_PAGE}, got: {size}"
        )
    start = int(body.get("NextToken") or 0)
    following = {"NextToken": str(start + size)} if start + size < len(items) else {}
    return json.dumps({name: items[start : start + size], **following})
