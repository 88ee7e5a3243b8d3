"""Who assumed which role, in order, as CloudTrail would tell. Local AWS itself lets everybody who asks STS."""

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.sts.responses import TokenResponse

from ..iam.identities import role_of
from ..patching import replace
from ..times import iso

_assume_by_moto = TokenResponse.assume_role

_LEDGER: list[dict[str, str]] = []


def install() -> None:
    replace(TokenResponse, "assume_role", _assume_role)


def record(role_arn: str, session_name: str, principal: str) -> None:
    """principal: ARN of the caller's role, or of its account's root where it assumed none; a service's name"""
    _LEDGER.append({"time": iso(utcnow()), "roleArn": role_arn, "sessionName": session_name, "principal": principal})


def recorded() -> list[dict[str, str]]:
    return list(_LEDGER)


def _assume_role(response: TokenResponse) -> ActionResult:
    answer = _assume_by_moto(response)
    account = response.current_account
    caller = role_of(response.get_access_key(), account) or f"arn:aws:iam::{account}:root"
    record(response._get_param("RoleArn"), response._get_param("RoleSessionName"), caller)
    return answer
