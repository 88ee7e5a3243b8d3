"""What EventBridge may do for a rule, by the policies of the resources it would use."""

from collections.abc import Mapping
from dataclasses import dataclass

from moto.iam.models import ManagedPolicy, Role
from moto.kms.models import Key, kms_backends
from moto.utilities.arns import parse_arn

from ..iam.identities import find_role
from ..iam.policies import AccessRequest, Policy, allows, statements_of
from ..sts import assumed_roles
from .errors import DeliveryError, no_permissions

_EVENTS = "events.amazonaws.com"
SERVICE_CALL = {"aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true"}


@dataclass(frozen=True)
class Source:
    """The rule, or alarm, on whose behalf a service acts."""

    arn: str
    account: str
    region: str

    @property
    def context(self) -> dict[str, str]:
        return {**SERVICE_CALL, "aws:SourceArn": self.arn, "aws:SourceAccount": self.account}


def require(policy: Policy, action: str, resource: str, context: dict[str, str], service: str = _EVENTS) -> None:
    """raises DeliveryError: unless the resource's policy lets the service do this"""
    if not allows(policy, AccessRequest(action, resource, context, (("Service", service),))):
        raise no_permissions(action, resource, service)


def require_key(key_id: str, source: Source, context: dict[str, str], service: str = _EVENTS) -> None:
    """raises DeliveryError: unless the key of an encrypted topic or queue lets the service use it"""
    if "alias/aws/" in key_id:
        raise no_permissions("kms:GenerateDataKey", key_id)
    key = find_key(key_id, source.account, source.region)
    if not key.enabled:
        raise DeliveryError("ERROR_FROM_TARGET", f"KMSDisabledException: {key.arn} is disabled")
    for action in ("kms:GenerateDataKey", "kms:Decrypt"):
        require(key.policy, action, key.arn, context, service)


def find_key(key_id: str, account: str, region: str) -> Key:
    if key_id.startswith("arn:"):
        place = parse_arn(key_id)
        account, region = place.account, place.region
    try:
        return kms_backends[account][region].describe_key(key_id)
    except (KeyError, AttributeError) as error:
        raise DeliveryError("ERROR_FROM_TARGET", f"KMSNotFoundException: {key_id} does not exist") from error


def require_role(role_arn: str | None, action: str, resource: str, source: Source) -> None:
    """raises DeliveryError: unless EventBridge may assume the role, and the role may do this"""
    role = find_role(role_arn, source.account)
    if role is None:
        raise DeliveryError("FAILED_TO_ASSUME_ROLE", f"role {role_arn} does not exist in account {source.account}")
    trust = role.assume_role_policy_document
    if not allows(trust, AccessRequest("sts:AssumeRole", role.arn, source.context, (("Service", _EVENTS),))):
        raise DeliveryError("FAILED_TO_ASSUME_ROLE", f"{role.arn} does not trust events.amazonaws.com for {source.arn}")
    assumed_roles.record(role.arn, source.arn.rsplit("/", 1)[-1], "events.amazonaws.com")
    require_granted(role, action, resource)


def require_granted(role: Role, action: str, resource: str, context: Mapping[str, str] | None = None) -> None:
    """raises DeliveryError: unless the role's own policies let it do this"""
    granted = [*role.policies.values(), *(_default_document(policy) for policy in role.managed_policies.values())]
    statements = [statement for policy in granted for statement in statements_of(policy)]
    owner = {"aws:ResourceAccount": parse_arn(resource).account, "aws:SecureTransport": "true"}
    if not allows({"Statement": statements}, AccessRequest(action, resource, {**owner, **(context or {})})):
        raise no_permissions(action, resource, role.arn)


def _default_document(policy: ManagedPolicy) -> str:
    document: str = next(version.document for version in policy.versions if version.is_default)
    return document
