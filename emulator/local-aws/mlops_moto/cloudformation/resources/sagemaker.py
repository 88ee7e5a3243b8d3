"""
Models, endpoint configurations, groups of model versions and code repositories.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SageMaker.html
"""

import re
from typing import Any

from .kind import Kind, Made, Work, as_json, changed_tags, unless_gone

_LONGEST_NAME = 63
GONE = ("ValidationException", "ResourceNotFound")


class SageMakerKind(Kind):
    """Has a name, which its ARN follows from; `noun` as in the API: `EndpointConfig`."""

    def __init__(self, noun: str) -> None:
        self.type = f"AWS::SageMaker::{noun}"
        self.named_attributes = frozenset({f"{noun}Name"})
        self._noun = noun
        self._operation = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", noun).lower()

    def create(self, work: Work) -> Made:
        name = work.properties.get(f"{self._noun}Name") or work.name(_LONGEST_NAME)
        asked = {**self._asked(work), f"{self._noun}Name": name, "Tags": work.pairs()}
        answer = self._call(work, "create", **asked)
        arn = str(answer[f"{self._noun}Arn"])
        return Made(arn, {f"{self._noun}Name": name, f"{self._noun}Arn": arn})

    def update(self, work: Work, made: Made, before: Work) -> Made:
        tag(work, made.id, before)
        return made

    def delete(self, work: Work, made: Made) -> None:
        unless_gone(
            lambda: self._call(work, "delete", **{f"{self._noun}Name": self.name_of(made)}),
            *GONE,
            said=self._not_there,
        )

    def name_of(self, made: Made) -> str:
        return str(made.attributes[f"{self._noun}Name"])

    _not_there: str | None = "Could not find"

    def _asked(self, work: Work) -> dict[str, Any]:
        return work.without()

    def _call(self, work: Work, verb: str, **asked: Any) -> Any:
        return getattr(work.clients.of("sagemaker"), f"{verb}_{self._operation}")(**asked)


class ModelPackageGroup(SageMakerKind):
    _not_there = "Cannot find Model Package Group"

    def __init__(self) -> None:
        super().__init__("ModelPackageGroup")

    def settle(self, work: Work, made: Made) -> Made:
        if "ModelPackageGroupPolicy" in work.properties:
            self._put_policy(work, made)
        told = self._call(work, "describe", ModelPackageGroupName=self.name_of(made))
        more = {"CreationTime": str(told["CreationTime"]), "ModelPackageGroupStatus": told["ModelPackageGroupStatus"]}
        return Made(made.id, {**made.attributes, **more})

    def update(self, work: Work, made: Made, before: Work) -> Made:
        policy = work.properties.get("ModelPackageGroupPolicy")
        if policy != before.properties.get("ModelPackageGroupPolicy"):
            if policy:
                self._put_policy(work, made)
            else:
                name = self.name_of(made)
                work.clients.of("sagemaker").delete_model_package_group_policy(ModelPackageGroupName=name)
        return super().update(work, made, before)

    def _asked(self, work: Work) -> dict[str, Any]:
        return work.without("ModelPackageGroupPolicy")

    def _put_policy(self, work: Work, made: Made) -> None:
        policy = as_json(work.properties["ModelPackageGroupPolicy"])
        work.clients.of("sagemaker").put_model_package_group_policy(
            ModelPackageGroupName=self.name_of(made), ResourcePolicy=policy
        )


class CodeRepository(SageMakerKind):
    _not_there = None

    def __init__(self) -> None:
        super().__init__("CodeRepository")

    def update(self, work: Work, made: Made, before: Work) -> Made:
        """Its secret alone: another address or branch is another repository."""
        config = work.properties["GitConfig"]
        if config != before.properties["GitConfig"]:
            secret = {"SecretArn": config.get("SecretArn", "")}
            self._call(work, "update", CodeRepositoryName=self.name_of(made), GitConfig=secret)
        return super().update(work, made, before)


def tag(work: Work, arn: str, before: Work) -> None:
    tags, removed = changed_tags(work, before)
    sagemaker = work.clients.of("sagemaker")
    if tags:
        sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": name, "Value": value} for name, value in tags.items()])
    if removed:
        sagemaker.delete_tags(ResourceArn=arn, TagKeys=removed)
