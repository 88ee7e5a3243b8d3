"""The small policy evaluator."""

from __future__ import annotations

from typing import Any

import pytest
from mlops_moto.iam.policies import AccessRequest, allows, decide

RULE = "arn:aws:events:us-east-1:222222222222:rule/drift"
TOPIC = "arn:aws:sns:us-east-1:222222222222:alerts"
BY_EVENTS = (("Service", "events.amazonaws.com"),)
REQUEST = AccessRequest("sns:Publish", TOPIC, {"aws:SourceArn": RULE, "aws:SourceAccount": "222222222222"}, BY_EVENTS)
ALLOW: dict[str, Any] = {
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sns:Publish",
    "Resource": TOPIC,
}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Statement": list(statements)}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"Principal": "*"},
        {"Principal": {"AWS": "*"}},
        {"Principal": {"Service": ["cloudwatch.amazonaws.com", "events.amazonaws.com"]}},
        {"Action": ["SNS:Pub*"]},
        {"Action": "*"},
        {"Resource": "arn:aws:sns:*:222222222222:alert?"},
        {"Condition": {"ArnEquals": {"aws:SourceArn": [RULE, "arn:aws:events:us-east-1:222222222222:rule/other"]}}},
        {"Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:events:us-east-1:222222222222:rule/*"}}},
        {"Condition": {"StringLike": {"aws:SourceArn": "*rule/dr*"}}},
        {"Condition": {"StringEquals": {"aws:SourceAccount": "222222222222"}}},
        {"Condition": {"StringNotEquals": {"aws:SourceAccount": "111111111111"}}},
        {"Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}},
        {"Condition": {"Null": {"aws:PrincipalOrgID": "true"}}},
    ],
)
def test_a_statement_that_applies_lets_the_service_in(change: dict[str, Any]) -> None:
    assert allows(document({**ALLOW, **change}), REQUEST)


@pytest.mark.parametrize(
    "change",
    [
        {"Principal": {"Service": "cloudwatch.amazonaws.com"}},
        {"Principal": {"AWS": "arn:aws:iam::222222222222:root"}},
        {"Action": "sns:Subscribe"},
        {"Resource": f"{TOPIC}-other"},
        {"Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:events:us-east-1:222222222222:rule/other"}}},
        {"Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:events:*"}}},
        {"Condition": {"StringEquals": {"aws:SourceOwner": "222222222222"}}},
        {"Condition": {"StringEquals": {"aws:SourceAccount": "222222222222", "aws:SourceArn": "another"}}},
        {"Condition": {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}},
    ],
)
def test_a_statement_that_does_not_apply_lets_nobody_in(change: dict[str, Any]) -> None:
    assert not allows(document({**ALLOW, **change}), REQUEST)


def test_a_deny_beats_an_allow() -> None:
    plain = {**ALLOW, "Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    assert allows(document(ALLOW, plain), REQUEST)
    assert decide(document(ALLOW, {**ALLOW, "Effect": "Deny"}), REQUEST) == "Deny"


def test_a_deny_with_an_unknown_operator_holds() -> None:
    deny = {**ALLOW, "Effect": "Deny", "Condition": {"NumericLessThan": {"x": "1"}}}
    assert not allows(document(ALLOW, deny), REQUEST)


def test_nothing_is_allowed_without_a_policy() -> None:
    assert decide(None, REQUEST) is None
    assert decide('{"Statement": []}', REQUEST) is None
