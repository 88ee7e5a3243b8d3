"""
Keys that a call uses by way of a service: on encrypted objects, on messages of encrypted topics and queues, on secrets,
on the rows of tables, and for repositories.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from moto.dynamodb.models import dynamodb_backends
from moto.kms.models import kms_backends
from moto.s3.models import FakeBucket, s3_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.utilities.arns import parse_arn

from .callers import Caller
from .calls import Call
from .secrets import find_secret

Need = dict[str, Any]


def needs_of_keys(call: Call, caller: Caller) -> list[Need]:
    by_service = _SERVICES.get(call.service)
    return list(by_service(call, caller)) if by_service else []


def _of_objects(call: Call, caller: Caller) -> Iterator[Need]:
    name, key = call.parameters.get("Bucket"), call.parameters.get("Key")
    bucket = _bucket(name)
    if bucket is None or key is None:
        return
    if call.operation == "GetObject":
        yield from _read(bucket, key, call.parameters.get("VersionId"), call, caller)
    if call.operation in ("CopyObject", "UploadPartCopy"):
        source, _, version = unquote(str(call.parameters["CopySource"])).lstrip("/").partition("?versionId=")
        from_name, _, from_key = source.partition("/")
        from_bucket = _bucket(from_name)
        if from_bucket:
            yield from _read(from_bucket, from_key, version or None, call, caller)
    if call.operation in ("PutObject", "CopyObject", "CreateMultipartUpload"):
        yield from _write(bucket, key, call, caller)


def _read(bucket: FakeBucket, key: str, version: str | None, call: Call, caller: Caller) -> Iterator[Need]:
    found = (
        bucket.get_object(key, version_id=version) if hasattr(bucket, "get_object") else _stored(bucket, key, version)
    )
    if found is not None and getattr(found, "encryption", None) == "aws:kms" and found.kms_key_id:
        context = _object_context(bucket, key)
        yield _need("kms:Decrypt", found.kms_key_id, "s3", context, call, caller)


def _stored(bucket: FakeBucket, key: str, version: str | None) -> Any:
    versions = bucket.keys.getlist(key, default=[])
    return next((each for each in reversed(versions) if version in (None, each.version_id)), None)


def _write(bucket: FakeBucket, key: str, call: Call, caller: Caller) -> Iterator[Need]:
    default = (bucket.encryption or {}).get("Rule", {}).get("ApplyServerSideEncryptionByDefault", {})
    algorithm = call.parameters.get("ServerSideEncryption") or default.get("SSEAlgorithm")
    key_id = call.parameters.get("SSEKMSKeyId") or default.get("KMSMasterKeyID")
    if algorithm == "aws:kms" and key_id:
        actions = ["kms:GenerateDataKey", *(["kms:Decrypt"] if call.operation == "CreateMultipartUpload" else [])]
        for action in actions:
            yield _need(action, key_id, "s3", _object_context(bucket, key), call, caller)


def _object_context(bucket: FakeBucket, key: str) -> dict[str, str]:
    """With a bucket key, the bucket's."""
    whole = (bucket.encryption or {}).get("Rule", {}).get("BucketKeyEnabled") in (True, "true")
    return {"aws:s3:arn": bucket.arn if whole else f"{bucket.arn}/{key}"}


def _of_messages(call: Call, caller: Caller) -> Iterator[Need]:
    """Whoever sends makes a data key, and whoever receives opens it."""
    url = str(call.parameters.get("QueueUrl", ""))
    account, name = url.split("/")[-2:] if url.count("/") > 1 else ("", "")
    queue = sqs_backends[account][call.region].queues.get(name) if account in sqs_backends else None
    key_id = getattr(queue, "kms_master_key_id", None)
    if key_id and call.operation in ("SendMessage", "SendMessageBatch", "ReceiveMessage"):
        actions = ["kms:Decrypt"] if call.operation == "ReceiveMessage" else ["kms:GenerateDataKey", "kms:Decrypt"]
        for action in actions:
            yield _need(action, key_id, "sqs", {"aws:sqs:arn": queue.queue_arn}, call, caller)


def _of_topics(call: Call, caller: Caller) -> Iterator[Need]:
    arn = str(call.parameters.get("TopicArn", ""))
    if call.operation != "Publish" or not arn:
        return
    place = parse_arn(arn)
    topic = sns_backends[place.account][place.region].topics.get(arn)
    if topic and topic.kms_master_key_id:
        for action in ("kms:GenerateDataKey", "kms:Decrypt"):
            yield _need(action, topic.kms_master_key_id, "sns", {"aws:sns:topicArn": arn}, call, caller)


def _of_secrets(call: Call, caller: Caller) -> Iterator[Need]:
    """None for AWS's own key, which everybody of the account may use who may read the secret."""
    secret = find_secret(str(call.parameters.get("SecretId", "")), caller.account, call.region)
    key_id = secret.kms_key_id if secret else call.parameters.get("KmsKeyId")
    if not key_id or "alias/aws/" in key_id:
        return
    arn = {"SecretARN": secret.arn} if secret else {}
    actions = {
        "GetSecretValue": ["kms:Decrypt"],
        "CreateSecret": ["kms:GenerateDataKey", "kms:Decrypt"],
        "PutSecretValue": ["kms:GenerateDataKey", "kms:Decrypt"],
    }
    for action in actions.get(call.operation, []):
        yield _need(action, key_id, "secretsmanager", arn, call, caller)


_ROWS = ("DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem")


def _of_tables(call: Call, caller: Caller) -> Iterator[Need]:
    """DynamoDB asks the table's key for whoever reads or writes a row."""
    name = str(call.parameters.get("TableName", "")).rpartition("/")[2]
    table = dynamodb_backends[caller.account][call.region].tables.get(name)
    key_id = ((table.sse_specification if table else None) or {}).get("KMSMasterKeyId")
    if key_id and call.operation in _ROWS and not _is_aws_own(key_id, caller.account, call.region):
        context = {"aws:dynamodb:tableName": name, "aws:dynamodb:subscriberId": caller.account}
        yield _need("kms:Decrypt", key_id, "dynamodb", context, call, caller)


def _is_aws_own(key_arn: str, account: str, region: str) -> bool:
    """Everybody of the account may use it by way of its service."""
    aliases = kms_backends[account][region].list_aliases()
    return any(
        each.alias_name.startswith("alias/aws/") for each in aliases if key_arn.endswith(f"/{each.target_key_id}")
    )


def _of_repositories(call: Call, caller: Caller) -> Iterator[Need]:
    """ECR gives itself a grant of the key; whoever pushes and pulls needs none."""
    encrypted = call.parameters.get("encryptionConfiguration") or {}
    if call.operation == "CreateRepository" and encrypted.get("kmsKey"):
        for action in ("kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"):
            yield _need(action, str(encrypted["kmsKey"]), "ecr", {}, call, caller)


_SERVICES: Mapping[str, Callable[[Call, Caller], Iterator[Need]]] = {
    "dynamodb": _of_tables,
    "ecr": _of_repositories,
    "s3": _of_objects,
    "secretsmanager": _of_secrets,
    "sns": _of_topics,
    "sqs": _of_messages,
}


def _bucket(name: Any) -> FakeBucket | None:
    return next(
        (
            backend.buckets[name]
            for partitions in list(s3_backends.values())
            for backend in partitions.values()
            if name in backend.buckets
        ),
        None,
    )


def _need(action: str, key_id: str, service: str, encrypted: Mapping[str, str], call: Call, caller: Caller) -> Need:
    via = f"{service}.{call.region}.amazonaws.com"
    when = {f"kms:EncryptionContext:{name}": value for name, value in encrypted.items()}
    return {
        "action": action,
        "resource": key_arn(key_id, caller.account, call.region),
        "when": {
            **when,
            "kms:ViaService": via,
            "kms:CallerAccount": caller.account,
        },
    }


def key_arn(key_id: str, account: str, region: str) -> str:
    """Of a key by id, alias or ARN, as the caller's account sees it; what leads nowhere stays as it is."""
    if key_id.startswith("arn:"):
        place = parse_arn(key_id)
        account, region = place.account, place.region
    backend = kms_backends[account][region]
    plain = key_id.rpartition(":")[2]
    try:
        return str(backend.describe_key(plain if plain.startswith("alias/") else plain.removeprefix("key/")).arn)
    except Exception:  # moto raises several kinds for a key that is not there
        return key_id
