"""Scalable targets with their tags, as Terraform makes and reads them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account

TARGET: dict[str, Any] = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/scores/variant/AllTraffic",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}


def test_a_target_has_the_tags_it_was_given_until_it_goes(account: Account) -> None:
    scaling = account.client("application-autoscaling")
    register = {**TARGET, "MinCapacity": 1, "MaxCapacity": 3}
    arn = scaling.register_scalable_target(**register, Tags={"model": "mammo"})["ScalableTargetARN"]
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"model": "mammo"}
    scaling.tag_resource(ResourceARN=arn, Tags={"owner": "ml"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["model"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"owner": "ml"}
    scaling.deregister_scalable_target(**TARGET)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        scaling.list_tags_for_resource(ResourceARN=arn)
    again = scaling.register_scalable_target(**register)["ScalableTargetARN"]
    assert scaling.list_tags_for_resource(ResourceARN=again)["Tags"] == {}
