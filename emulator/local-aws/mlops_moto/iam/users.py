"""
Whether a user has credentials of single services, which moto (5.2.5) lacks, and Terraform asks before it deletes one.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from ..patching import replace


def install() -> None:
    replace(IamResponse, "list_service_specific_credentials", _list_service_specific_credentials)


def _list_service_specific_credentials(response: IamResponse) -> ActionResult:
    """None: nothing here makes any."""
    user_name = response._get_param("UserName")
    if user_name:
        response.backend.get_user(user_name)
    return ActionResult({"ServiceSpecificCredentials": []})
