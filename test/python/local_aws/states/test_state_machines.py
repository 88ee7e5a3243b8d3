"""State machines that Step Functions refuses, and what it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from state_machines import END, Machine, definition, task

REFUSED = {
    "no JSON": ("{", "INVALID_JSON_DESCRIPTION"),
    "no such target": (definition(A={"Type": "Pass", "Next": "B"}), "Missing 'Next' target: B at /States/A/Next"),
    "nowhere to begin": (definition("B", A=END), "Missing 'StartAt' target: B at /StartAt"),
    "a way that nobody goes": (definition(A=END, B=END), 'State "B" is not reachable. at /States/B'),
    "an unknown call": (definition(A=task("sagemaker:deleteEverything", {})), "is not recognized"),
    "a call that is not waited for": (definition(A=task("sagemaker:createModel.sync", {})), "is not recognized"),
    "a token that SageMaker does not take": (
        definition(A=task("sagemaker:createTrainingJob.waitForTaskToken", {})),
        "is not recognized",
    ),
    "JSONata": (json.dumps({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": END}}), "JSONPath alone"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_a_definition_is_refused_when_it_is_validated_and_when_it_is_made(
    account: Account, text: str, message: str
) -> None:
    machine = Machine(account)
    told = machine.states.validate_state_machine_definition(definition=text)
    assert (told["result"], message in told["diagnostics"][0]["message"] + told["diagnostics"][0]["code"]) == (
        "FAIL",
        True,
    )
    with pytest.raises(ClientError, match="Invalid State Machine Definition") as refusal:
        machine.create(text)
    assert refusal.value.response["Error"]["Code"] == "InvalidDefinition"


def test_a_role_that_does_not_let_step_functions_in_is_refused(account: Account) -> None:
    machine = Machine(account)
    for role in (machine.role("lambda.amazonaws.com"), f"arn:aws:iam::{account.id}:role/none"):
        with pytest.raises(ClientError, match="nor the regional one is authorized to assume") as refusal:
            machine.states.create_state_machine(name="flow", definition=definition(A=END), roleArn=role)
        assert refusal.value.response["Error"]["Code"] == "AccessDeniedException"


def test_what_terraform_asks_is_answered(account: Account) -> None:
    machine = Machine(account)
    text = definition(A=END)
    assert machine.states.validate_state_machine_definition(definition=text)["result"] == "OK"
    given: dict[str, Any] = {"publish": True, "tracingConfiguration": {"enabled": True}}
    machine.create(text, **given)
    (version,) = machine.states.list_state_machine_versions(stateMachineArn=machine.arn)["stateMachineVersions"]
    assert version["stateMachineVersionArn"] == f"{machine.arn}:1"
    read = machine.states.describe_state_machine(stateMachineArn=machine.arn)
    assert (read["definition"], read["tracingConfiguration"]) == (text, {"enabled": True})
