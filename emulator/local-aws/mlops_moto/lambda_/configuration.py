"""
Settings of Lambda functions that moto (5.2.5) forgets, which Terraform would then set again at every plan: logging
and the dead-letter queue, and what an update changes of the rest.
https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
"""

from typing import Any

from moto.awslambda.models import LambdaFunction

from ..patching import replace

_init_by_moto = LambdaFunction.__init__
_configuration_by_moto = LambdaFunction.get_configuration
_update_by_moto = LambdaFunction.update_configuration

_KEPT = ("LoggingConfig", "DeadLetterConfig")
_LEVELS = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
_ATTRIBUTES = {"TracingConfig": "tracing_config", "KMSKeyArn": "kms_key_arn"}


def install() -> None:
    replace(LambdaFunction, "__init__", _init)
    replace(LambdaFunction, "get_configuration", _get_configuration)
    replace(LambdaFunction, "update_configuration", _update_configuration)


def _init(function: LambdaFunction, account_id: str, spec: dict[str, Any], region: str, version: Any = 1) -> None:
    vars(function)["kept_settings"] = {name: spec[name] for name in _KEPT if spec.get(name)}
    _init_by_moto(function, account_id, spec, region, version)


def _get_configuration(function: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
    kept: dict[str, Any] = vars(function).get("kept_settings", {})
    unset = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{function.function_name}"}
    given = kept.get("LoggingConfig", {})
    levels = _LEVELS if given.get("LogFormat") == "JSON" else {}
    logging = {**unset, **levels, **given}
    return {**_configuration_by_moto(function, on_create), **kept, "LoggingConfig": logging}


def _update_configuration(function: LambdaFunction, config_updates: dict[str, Any]) -> dict[str, Any]:
    vars(function)["kept_settings"] |= {name: config_updates[name] for name in _KEPT if name in config_updates}
    for name, attribute in _ATTRIBUTES.items():
        if name in config_updates:
            setattr(function, attribute, config_updates[name])
    if "EphemeralStorage" in config_updates:
        function.ephemeral_storage = config_updates["EphemeralStorage"]["Size"]
    _update_by_moto(function, config_updates)
    return _get_configuration(function)
