"""The policies that stand: what roles may do, and what guards resources."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.dynamodb.models import dynamodb_backends
from moto.ecr.models import ecr_backends
from moto.iam.models import Role, iam_backends
from moto.kms.models import KmsBackend, kms_backends
from moto.s3.models import s3_backends
from moto.sagemaker.models import sagemaker_backends
from moto.secretsmanager.models import FakeSecret, secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from ..sagemaker.model_package_groups import policy_of
from .callers import EVERYTHING, first_user

_Role = tuple[tuple[tuple[str, str], ...], tuple[str, str] | None]
"""Names and texts of its policies, and of its boundary."""

_Guard = tuple[str, str | None, tuple[str, ...], tuple[tuple[str, str], ...]]
"""Account, policy, aliases of a key, and its tags."""


@dataclass(frozen=True)
class Standing:
    """Both by ARN; equal to an earlier one as long as no policy has changed."""

    roles: Mapping[str, _Role] = field(default_factory=dict)
    guards: Mapping[str, _Guard] = field(default_factory=dict)


def standing() -> Standing:
    roles = {role.arn: _role(role) for backend in _all(iam_backends) for role in backend.get_roles()}
    roles[first_user().role] = ((("AdministratorAccess", EVERYTHING),), None)
    return Standing(roles, dict(_guards()))


def difference(known: Standing, now: Standing) -> dict[str, Any]:
    """What whoever knows the one lacks of the other: what is new or has changed, and ARNs of what is gone."""
    return {
        "roles": {
            arn: {"policies": policies, "boundary": boundary}
            for arn, (policies, boundary) in _changed(known.roles, now.roles).items()
        },
        "guarded": [
            {"arn": arn, "account": account, "policy": policy, "aliases": aliases, "tags": dict(tags)}
            for arn, (account, policy, aliases, tags) in _changed(known.guards, now.guards).items()
        ],
        "gone": [
            *(arn for arn in known.roles if arn not in now.roles),
            *(arn for arn in known.guards if arn not in now.guards),
        ],
    }


def _changed(known: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {arn: each for arn, each in now.items() if known.get(arn) != each}


def _role(role: Role) -> _Role:
    managed = tuple((policy.name, _document(policy)) for policy in role.managed_policies.values())
    boundary = role.permissions_boundary_arn
    policies = iam_backends[role.account_id][role.partition].managed_policies
    return (
        (*role.policies.items(), *managed),
        (boundary, _document(policies[boundary])) if boundary else None,
    )


def _document(policy: Any) -> str:
    return str(next(version.document for version in policy.versions if version.is_default))


def _guards() -> Iterator[tuple[str, _Guard]]:
    for backend in _all(iam_backends):
        for role in backend.get_roles():
            yield role.arn, (role.account_id, role.assume_role_policy_document, (), ())
    for backend in _all(s3_backends):
        for name, bucket in backend.buckets.items():
            yield f"arn:aws:s3:::{name}", (bucket.account_id, bucket.policy.decode() if bucket.policy else None, (), ())
    for backend in _all(kms_backends):
        aliases = _aliases(backend)
        for key in backend.keys.values():
            yield key.arn, (key.account_id, key.policy, tuple(aliases[key.id]), _tags_of(key.id, backend))
    for backend in _all(sns_backends):
        for topic in backend.topics.values():
            yield topic.arn, (topic.account_id, topic.policy or None, (), ())
    for backend in _all(sqs_backends):
        for queue in backend.queues.values():
            yield queue.queue_arn, (backend.account_id, queue.policy or None, (), ())
    for backend in _all(lambda_backends):
        for function in backend.list_functions():
            statements = function.policy.statements
            policy = json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else None
            yield function.function_arn, (backend.account_id, policy, (), ())
    for backend in _all(dynamodb_backends):
        for table in backend.tables.values():
            own = backend.resource_policies.get(table.table_arn)
            yield table.table_arn, (backend.account_id, own.policy_doc if own else None, (), ())
    for backend in _all(ecr_backends):
        for repository in backend.repositories.values():
            yield repository.arn, (backend.account_id, repository.policy, (), ())
    for backend in _all(secretsmanager_backends):
        for secret in backend.secrets.values():
            yield secret.arn, (backend.account_id, secret.policy if isinstance(secret, FakeSecret) else None, (), ())
    for backend in _all(sagemaker_backends):
        for group in backend.model_package_groups.values():
            yield group.arn, (backend.account_id, policy_of(group), (), ())


def _aliases(backend: KmsBackend) -> defaultdict[str, list[str]]:
    """By key's id."""
    names = defaultdict(list)
    for alias in backend.list_aliases():
        names[alias.target_key_id].append(alias.alias_name)
    return names


def _tags_of(key_id: str, backend: KmsBackend) -> tuple[tuple[str, str], ...]:
    return tuple((tag["TagKey"], tag["TagValue"]) for tag in backend.list_resource_tags(key_id)["Tags"])


def _all(accounts: Any) -> Iterator[Any]:
    for regions in list(accounts.values()):
        yield from list(regions.values())
