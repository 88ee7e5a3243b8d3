"""
Roles that an AWS service assumes to work for a resource, such as SageMaker for a pipeline.
https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
"""

from moto.iam.models import Role
from moto.sts.models import sts_backends
from moto.utilities.arns import Arn, parse_arn

from ..iam.identities import find_role
from ..iam.policies import AccessRequest, allows
from ..sts.assumed_roles import record, recorded
from ..times import iso
from .api import ActionError, Body, required

_SECONDS = 60 * 60
_DEFAULT_REGION = "us-east-1"


def assume_service_role(body: Body) -> dict[str, str]:
    """
    AssumeServiceRole. `sourceArn` is the resource on whose behalf the service acts.

    raises ActionError: unless the role exists and its trust policy lets the service in
    """
    service, role_arn = str(required(body, "service")), str(required(body, "roleArn"))
    session_name, source = str(required(body, "sessionName")), body.get("sourceArn")
    role = find_role(role_arn, _parse(role_arn).account)
    if role is None:
        raise ActionError(400, f"Role {role_arn} does not exist")
    _require_trust(role, service, source)
    region = _parse(source).region if source else None
    session = sts_backends[_parse(role.arn).account]["aws"].assume_role(
        region_name=region or _DEFAULT_REGION,
        role_session_name=session_name,
        role_arn=role.arn,
        policy="",
        duration=_SECONDS,
        external_id="",
    )
    record(role.arn, session_name, service)
    return {
        "accessKeyId": session.access_key_id,
        "secretAccessKey": session.secret_access_key,
        "sessionToken": session.session_token,
        "expiration": iso(session.expiration),
    }


def assumed_roles(_body: Body) -> dict[str, list[dict[str, str]]]:
    """AssumedRoles: everybody's, not only services'."""
    return {"roles": recorded()}


def _require_trust(role: Role, service: str, source: str | None) -> None:
    context = {"aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true"}
    if source:
        context |= {"aws:SourceArn": source, "aws:SourceAccount": _parse(source).account}
    request = AccessRequest("sts:AssumeRole", role.arn, context, (("Service", service),))
    if not allows(role.assume_role_policy_document, request):
        acting = f" acting for {source}" if source else ""
        raise ActionError(400, f"The trust policy of {role.arn} does not let in {service}{acting}")


def _parse(arn: str) -> Arn:
    try:
        return parse_arn(arn)
    except ValueError as error:
        raise ActionError(400, f"No ARN: {arn}") from error
