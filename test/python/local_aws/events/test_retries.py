"""Tries of one delivery, with targets that fail as told."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from mlops_moto.events import dead_letters, retries
from mlops_moto.events.delivery import Delivery
from mlops_moto.events.errors import DeliveryError
from mlops_moto.events.targets import TARGETS
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.events.models import Rule

QUEUE = "arn:aws:sqs:us-east-1:222222222222:undelivered"
TARGET = "arn:aws:test:us-east-1:222222222222:target"


class Target:
    """Fails with the given errors, one a try, and then takes what comes."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries = 0

    def send(self, *_: Any) -> None:
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[dead_letters.DeadLetter]:
    put: list[dead_letters.DeadLetter] = []
    monkeypatch.setattr(dead_letters, "put", lambda _, letter: put.append(letter))
    return put


def send(monkeypatch: pytest.MonkeyPatch, target: Target, **retry_policy: int) -> None:
    monkeypatch.setitem(TARGETS, "test", target.send)
    monkeypatch.setattr(retries, "_LONGEST_PAUSE", 0.01)
    rule = Rule("r", "222222222222", "us-east-1", None, None, None, None, "default", None)
    given = {"Id": "t", "Arn": TARGET, "RetryPolicy": retry_policy, "DeadLetterConfig": {"Arn": QUEUE}}
    retries.deliver(Delivery(rule, given, {"id": "e"}, {}))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def throttled() -> JsonRESTError:
    return JsonRESTError("ThrottlingException", "Rate exceeded")


def test_throttling_and_internal_errors_are_tried_again(
    monkeypatch: pytest.MonkeyPatch, letters: list[dead_letters.DeadLetter]
) -> None:
    target = Target(throttled(), RuntimeError("boom"))
    send(monkeypatch, target, MaximumRetryAttempts=5)
    wait_until(lambda: target.tries == 3)
    assert letters == []


def test_after_the_last_try_the_dead_letter_says_so(
    monkeypatch: pytest.MonkeyPatch, letters: list[dead_letters.DeadLetter]
) -> None:
    target = Target(*[throttled() for _ in range(9)])
    send(monkeypatch, target, MaximumRetryAttempts=3)
    wait_until(lambda: bool(letters))
    assert target.tries == 4
    assert letters[0].attributes() == {
        "RULE_ARN": "arn:aws:events:us-east-1:222222222222:rule/r",
        "TARGET_ARN": TARGET,
        "ERROR_CODE": "THROTTLING",
        "ERROR_MESSAGE": "Rate exceeded",
        "RETRY_ATTEMPTS": "3",
        "EXHAUSTED_RETRY_CONDITION": "MaximumRetryAttempts",
    }


def test_an_event_too_old_is_given_up(monkeypatch: pytest.MonkeyPatch, letters: list[dead_letters.DeadLetter]) -> None:
    send(monkeypatch, Target(*[throttled() for _ in range(99)]), MaximumEventAgeInSeconds=0)
    wait_until(lambda: bool(letters))
    assert letters[0].exhausted == "MaximumEventAgeInSeconds"


@pytest.mark.parametrize(
    "error",
    [
        ServiceException("ValidationException", "no such pipeline"),
        JsonRESTError("AccessDeniedException", "no"),
        DeliveryError("NO_PERMISSIONS", "no"),
    ],
)
def test_other_client_errors_are_never_tried_again(
    monkeypatch: pytest.MonkeyPatch, letters: list[dead_letters.DeadLetter], error: Exception
) -> None:
    target = Target(error)
    send(monkeypatch, target, MaximumRetryAttempts=5)
    assert (target.tries, len(letters), letters[0].retries) == (1, 1, 0)


def test_an_error_found_on_the_way_that_cannot_pass_ends_the_tries(
    monkeypatch: pytest.MonkeyPatch, letters: list[dead_letters.DeadLetter]
) -> None:
    target = Target(throttled(), DeliveryError("NO_RESOURCE", "gone"))
    send(monkeypatch, target, MaximumRetryAttempts=5)
    wait_until(lambda: bool(letters))
    assert (target.tries, letters[0].error.code, letters[0].exhausted) == (2, "NO_RESOURCE", None)
