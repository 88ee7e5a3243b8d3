"""The process that decides (`emulator/authorization/`), which asks AWS's evaluation as `mlops access` does."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import IO, Any

from moto.utilities.arns import parse_arn

from ..control_plane.api import Action, ActionError, Body, required
from ..wsgi.serial import STATE_LOCK
from .callers import Caller, caller_of
from .calls import Call
from .keys import key_arn, needs_of_keys
from .networks import with_network
from .object_tags import object_tags
from .secrets import secret_arn
from .stacks import stack_arn
from .standing import Standing, difference, standing

_READING = ("BatchGet", "Describe", "Filter", "GET", "Get", "Head", "Invoke", "List", "Query", "Receive", "Scan")
"""How operations begin that change no policy."""


class Authorizer:
    """
    One process for each copy of local AWS, started when it is first asked. `actions` are of the control plane:
    `Refusals` tells all that was refused, `SetAuthorization` lifts the policies or lets them count again,
    `RequireInvocation` asks for a role on whose behalf a service calls a function.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._owner = 0
        self._process: subprocess.Popen[str] | None = None
        self._told = Standing()
        self._told_at = -1
        self._refusals: list[str] = []
        self.enabled = True

    def actions(self) -> Mapping[str, Action]:
        return {
            "Refusals": lambda _body: {"refusals": self._refusals},
            "RequireInvocation": self._require_invocation,
            "SetAuthorization": self._set,
        }

    def _set(self, body: Body) -> dict[str, bool]:
        self.enabled = body.get("enabled") is True
        return {"enabled": self.enabled}

    def _require_invocation(self, body: Body) -> dict[str, str]:
        """raises ActionError: 403 where the role may not call the function"""
        role, function = str(required(body, "roleArn")), str(required(body, "functionArn"))
        name, account = role.rsplit("/", 1)[-1], parse_arn(role).account
        caller = Caller(role, f"arn:aws:sts::{account}:assumed-role/{name}/SageMaker", account)
        call = Call("", "lambda", str(parse_arn(function).region), "Invoke", {"FunctionName": function}, {})
        refusal = self._judge(call, caller) if self.enabled else None
        if refusal:
            raise ActionError(403, refusal)
        return {}

    def refusal(self, call: Call) -> str | None:
        """In AWS's words; None where the call is allowed."""
        with STATE_LOCK:
            if call.operation.startswith(_READING):
                STATE_LOCK.only_reads()
            return self._judge(call, caller_of(call.access_key))

    def _judge(self, call: Call, caller: Caller) -> str | None:
        with STATE_LOCK:
            question = {"call": _as_json(call, caller), **self._news()}
            answer = self._ask(json.dumps(question, default=str))
        refusal = answer.get("refusal")
        if refusal:
            self._refusals.append(str(refusal))
        return str(refusal) if refusal else None

    def _news(self) -> dict[str, Any]:
        """Of the policies, what the process does not know: in a fork it is another, which knows nothing."""
        is_known = self._owner == os.getpid()
        if is_known and self._told_at == STATE_LOCK.changes:
            return {}
        known, now = self._told if is_known else Standing(), standing()
        self._told, self._told_at = now, STATE_LOCK.changes
        return {"policies": difference(known, now)} if known != now else {}

    def _ask(self, question: str) -> Mapping[str, Any]:
        to, answers = self._pipes()
        to.write(f"{question}\n")
        to.flush()
        answer: Mapping[str, Any] = json.loads(answers.readline())
        return answer

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        """A fork must not write into its origin's pipe."""
        if self._process is None or self._owner != os.getpid():
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
            self._owner = os.getpid()
        to, answers = self._process.stdin, self._process.stdout
        if to is None or answers is None:
            raise BrokenPipeError("the authorizer has no pipes")
        return to, answers


def _as_json(call: Call, caller: Caller) -> dict[str, Any]:
    parameters = {name: value for name, value in call.parameters.items() if not isinstance(value, bytes)}
    if call.service == "kms" and "KeyId" in parameters:
        parameters["KeyId"] = key_arn(str(parameters["KeyId"]), caller.account, call.region)
    if call.service == "secretsmanager" and "SecretId" in parameters:
        parameters["SecretId"] = secret_arn(str(parameters["SecretId"]), caller.account, call.region)
    if call.service == "cloudformation" and "StackName" in parameters:
        parameters["StackName"] = stack_arn(str(parameters["StackName"]), caller.account, call.region)
    return {
        "service": call.service,
        "operation": call.operation,
        "parameters": parameters,
        "headers": with_network(call.headers, caller.account, call.region),
        "region": call.region,
        "caller": vars(caller),
        "further": needs_of_keys(call, caller),
        "objectTags": object_tags(call),
    }
