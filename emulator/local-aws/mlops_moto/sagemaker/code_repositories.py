"""
Code repositories, which moto (5.2.5) lacks: names of repositories that stand elsewhere.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateCodeRepository.html
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from . import tagged
from .pages import page


@dataclass
class _CodeRepository:
    name: str
    arn: str
    git: dict[str, str]
    tags: list[dict[str, str]]
    created: datetime = field(default_factory=utcnow)
    modified: datetime = field(default_factory=utcnow)

    def told(self) -> dict[str, Any]:
        return {
            "CodeRepositoryName": self.name,
            "CodeRepositoryArn": self.arn,
            "CreationTime": self.created,
            "LastModifiedTime": self.modified,
            "GitConfig": self.git,
        }


_REPOSITORIES: dict[tuple[str, str], dict[str, _CodeRepository]] = {}


def install() -> None:
    for action in (
        create_code_repository,
        delete_code_repository,
        describe_code_repository,
        list_code_repositories,
        update_code_repository,
    ):
        replace(SageMakerResponse, action.__name__, action)
    tagged.OWN["code-repository"] = lambda account, region, name: _REPOSITORIES.get((account, region), {}).get(name)


def create_code_repository(response: SageMakerResponse) -> ActionResult:
    name = response._get_param("CodeRepositoryName")
    if name in _of(response):
        raise ValidationError(f"Cannot create already existing CodeRepository: {_arn(response, name)}")
    tags = [dict(each) for each in response._get_param("Tags") or []]
    made = _CodeRepository(name, _arn(response, name), dict(response._get_param("GitConfig")), tags)
    _of(response)[name] = made
    return ActionResult({"CodeRepositoryArn": made.arn})


def update_code_repository(response: SageMakerResponse) -> ActionResult:
    """The secret alone changes."""
    repository = _find(response)
    repository.git |= response._get_param("GitConfig") or {}
    repository.modified = utcnow()
    return ActionResult({"CodeRepositoryArn": repository.arn})


def describe_code_repository(response: SageMakerResponse) -> ActionResult:
    return ActionResult(_find(response).told())


def list_code_repositories(response: SageMakerResponse) -> ActionResult:
    part = response._get_param("NameContains") or ""
    known = sorted((each for each in _of(response).values() if part in each.name), key=lambda each: each.name)
    on_page, token = page(response, known, lambda each: each.name)
    return ActionResult({"CodeRepositorySummaryList": [each.told() for each in on_page], "NextToken": token})


def delete_code_repository(response: SageMakerResponse) -> EmptyResult:
    del _of(response)[_find(response).name]
    return EmptyResult()


def _of(response: SageMakerResponse) -> dict[str, _CodeRepository]:
    return _REPOSITORIES.setdefault((response.current_account, response.region), {})


def _find(response: SageMakerResponse) -> _CodeRepository:
    name = response._get_param("CodeRepositoryName")
    if name not in _of(response):
        raise ValidationError(f"Cannot find CodeRepository: {_arn(response, name)}")
    return _of(response)[name]


def _arn(response: SageMakerResponse, name: str) -> str:
    return f"arn:aws:sagemaker:{response.region}:{response.current_account}:code-repository/{name}"
