"""
Settings of calls that nobody waits for. moto (5.2.5) keeps every one that was ever put and answers with the first, and
forgets what an update leaves out.
https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
"""

from typing import Any

from moto.awslambda.models import LambdaBackend

from ..patching import replace

_put_by_moto = LambdaBackend.put_function_event_invoke_config


def install() -> None:
    replace(LambdaBackend, "put_function_event_invoke_config", _put)
    replace(LambdaBackend, "update_function_event_invoke_config", _update)


def _put(backend: LambdaBackend, function_name: str, config: dict[str, Any]) -> dict[str, Any]:
    function = backend.get_function(function_name)
    answer: dict[str, Any] = _put_by_moto(backend, function_name, config)
    function.event_invoke_config = function.event_invoke_config[-1:]
    return answer


def _update(backend: LambdaBackend, function_name: str, config: dict[str, Any]) -> dict[str, Any]:
    kept = backend.get_function(function_name).event_invoke_config
    return _put(backend, function_name, {**(kept[-1].config if kept else {}), **config})
