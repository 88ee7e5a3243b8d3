"""What was launched, and the records of what was asked."""

from collections.abc import Mapping
from typing import Any

from .actions import Action, Asked, found, listed
from .state import Catalog, Provisioned, Record

_LAUNCHES = ("PROVISION_PRODUCT", "UPDATE_PROVISIONED_PRODUCT")


def find_provisioned(asked: Asked, key: str = "Id", name: str = "Name") -> Provisioned:
    """raises NotFoundError"""
    known = asked.catalog.provisioned
    if asked.text(key) or not asked.text(name):
        return found(known, asked.text(key), "Provisioned product")
    return found({each.name: each for each in known.values()}, asked.text(name), "Provisioned product")


def record_detail(record: Record) -> dict[str, Any]:
    role = {"LaunchRoleArn": record.launch_role} if record.launch_role else {}
    return {
        "RecordId": record.id,
        "ProvisionedProductName": record.name,
        "Status": record.status,
        "CreatedTime": record.created,
        "UpdatedTime": record.updated,
        "ProvisionedProductType": "CFN_STACK",
        "RecordType": record.kind,
        "ProvisionedProductId": record.provisioned,
        "ProductId": record.product,
        "ProvisioningArtifactId": record.artifact,
        "PathId": record.path,
        "RecordErrors": [{"Code": code, "Description": text} for code, text in record.errors],
        "RecordTags": listed(record.tags),
        **role,
    }


def _describe(asked: Asked) -> dict[str, Any]:
    detail = _detail(find_provisioned(asked), asked.catalog)
    return {"ProvisionedProductDetail": detail, "CloudWatchDashboards": []}


def _detail(provisioned: Provisioned, catalog: Catalog) -> dict[str, Any]:
    launches = [catalog.records[each] for each in provisioned.records if catalog.records[each].kind in _LAUNCHES]
    succeeded = [each.id for each in launches if each.status == "SUCCEEDED"]
    return {
        "Id": provisioned.id,
        "Arn": provisioned.arn,
        "Name": provisioned.name,
        "Type": "CFN_STACK",
        "Status": provisioned.status,
        "StatusMessage": provisioned.message or None,
        "CreatedTime": provisioned.created,
        "LastRecordId": provisioned.records[-1],
        "LastProvisioningRecordId": launches[-1].id,
        "LastSuccessfulProvisioningRecordId": succeeded[-1] if succeeded else None,
        "ProductId": provisioned.product,
        "ProvisioningArtifactId": provisioned.artifact,
        "LaunchRoleArn": provisioned.launch_role,
    }


def _scan(asked: Asked) -> dict[str, Any]:
    catalog = asked.catalog
    return {"ProvisionedProducts": [_detail(each, catalog) for each in catalog.provisioned.values()]}


def _describe_record(asked: Asked) -> dict[str, Any]:
    record = found(asked.catalog.records, asked.text("Id"), "Record")
    return {"RecordDetail": record_detail(record), "RecordOutputs": record.outputs}


def _list_records(asked: Asked) -> dict[str, Any]:
    """The newest first."""
    records = reversed(asked.catalog.records.values())
    return {"RecordDetails": [record_detail(each) for each in records]}


def _outputs(asked: Asked) -> dict[str, Any]:
    provisioned = find_provisioned(asked, "ProvisionedProductId", "ProvisionedProductName")
    told = [asked.catalog.records[each].outputs for each in provisioned.records]
    newest = next((each for each in reversed(told) if each), [])
    keys = asked.body.get("OutputKeys")
    return {"Outputs": [each for each in newest if keys is None or each["OutputKey"] in keys]}


ACTIONS: Mapping[str, Action] = {
    "DescribeProvisionedProduct": _describe,
    "DescribeRecord": _describe_record,
    "GetProvisionedProductOutputs": _outputs,
    "ListRecordHistory": _list_records,
    "ScanProvisionedProducts": _scan,
    "SearchProvisionedProducts": lambda asked: {
        "ProvisionedProducts": _scan(asked)["ProvisionedProducts"],
        "TotalResultsCount": len(asked.catalog.provisioned),
    },
}
