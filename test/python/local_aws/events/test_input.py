"""Input transformers, against the examples in EventBridge's documentation."""

from __future__ import annotations

import json

import pytest
from mlops_moto.events.input import MissingError, target_input, value_at

EVENT = {
    "id": "7bf73129",
    "detail-type": "EC2 Instance State-change Notification",
    "time": "2015-11-11T21:29:54Z",
    "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
    "detail": {"instance-id": "i-0123456789", "state": "RUNNING", "count": 3, "tags": {"a": "b"}},
}
PATHS = {"instance": "$.detail.instance-id", "state": "$.detail.state", "tags": "$.detail.tags", "gone": "$.detail.x"}
RESERVED = {"aws.events.rule-name": "my-rule", "aws.events.event.json": EVENT}


def transformed(template: str) -> str:
    return target_input({"InputTransformer": {"InputPathsMap": PATHS, "InputTemplate": template}}, EVENT, RESERVED)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'),
        (r'"instance \"<instance>\" is in <state>"', r'"instance \"i-0123456789\" is in RUNNING"'),
        ('"<instance>"\n"<state>"', '"i-0123456789"\n"RUNNING"'),
        ('"rule <aws.events.rule-name>, tags <tags>"', '"rule my-rule, tags {a: b}"'),
        ('"reason: <gone>."', '"reason: ."'),
    ],
)
def test_a_variable_in_a_text_becomes_text_and_the_quotes_stay(template: str, expected: str) -> None:
    assert transformed(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (
            '{"instance": <instance>, "state": "<state>", "both": "<instance> is \\"<state>\\""}',
            {"instance": "i-0123456789", "state": "RUNNING", "both": 'i-0123456789 is "RUNNING"'},
        ),
        ('{"state": [9, <state>, true], "Transformed": "Yes"}', {"state": [9, "RUNNING", True], "Transformed": "Yes"}),
        ('{"tags": <tags>, "gone": <gone>}', {"tags": {"a": "b"}, "gone": ""}),
        ('{"name": <aws.events.rule-name>, "e": <aws.events.event.json>}', {"name": "my-rule", "e": EVENT}),
    ],
)
def test_a_variable_in_an_object_becomes_json(template: str, expected: object) -> None:
    assert json.loads(transformed(template)) == expected


def test_an_object_that_is_no_json_in_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        transformed('{"state": <state>, }')


def test_input_is_a_constant_and_input_path_a_part_of_the_event() -> None:
    assert target_input({"Input": '{"a": 1}'}, EVENT, {}) == '{"a": 1}'
    assert target_input({"InputPath": "$.detail.state"}, EVENT, {}) == '"RUNNING"'
    assert json.loads(target_input({}, EVENT, {})) == EVENT


def test_a_path_finds_hyphens_indexes_and_wildcards() -> None:
    assert value_at(EVENT, "$.detail-type") == EVENT["detail-type"]
    assert value_at(EVENT, "$.resources[0]") == "arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"
    assert value_at(EVENT, "$.detail.count") == 3
    assert value_at(EVENT, "$.detail.tags.*") == ["b"]
    with pytest.raises(MissingError):
        value_at(EVENT, "$.detail.nothing")
