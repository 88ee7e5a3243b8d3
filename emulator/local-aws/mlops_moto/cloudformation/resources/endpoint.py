"""
Endpoints: of use once in service with the configuration that is wanted; an update that SageMaker takes back has failed.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpoint.html
"""

from typing import Any

from botocore.exceptions import ClientError

from .kind import Made, ResourceError, Work, until
from .sagemaker import SageMakerKind, tag

_OF_UPDATES = ("ExcludeRetainedVariantProperties", "RetainAllVariantProperties", "RetainDeploymentConfig")
_AT_REST = ("InService", "Failed", "OutOfService", "UpdateRollbackFailed")


class Endpoint(SageMakerKind):
    def __init__(self) -> None:
        super().__init__("Endpoint")

    def settle(self, work: Work, made: Made) -> Made:
        self._require_service(work, made)
        return made

    def update(self, work: Work, made: Made, before: Work) -> Made:
        wanted = work.properties["EndpointConfigName"]
        if _last(self._at_rest(work, made)["EndpointConfigName"]) != _last(wanted):
            asked = {"EndpointName": self.name_of(made), **work.without("EndpointName"), "EndpointConfigName": wanted}
            work.clients.of("sagemaker").update_endpoint(**asked)
        self._require_service(work, made)
        tag(work, made.id, before)
        return made

    def delete(self, work: Work, made: Made) -> None:
        if self._describe(work, made) is None:
            return
        self._at_rest(work, made)
        super().delete(work, made)
        until(lambda: self._describe(work, made), lambda told: told is None)

    def _asked(self, work: Work) -> dict[str, Any]:
        return work.without(*_OF_UPDATES)

    def _require_service(self, work: Work, made: Made) -> None:
        told, wanted = self._at_rest(work, made), work.properties["EndpointConfigName"]
        if told["EndpointStatus"] == "InService" and _last(told["EndpointConfigName"]) == _last(wanted):
            return
        name, reason = self.name_of(made), told.get("FailureReason", f"it is {told['EndpointStatus']}")
        raise ResourceError(
            f"Resource handler returned message: \"Resource of type '{self.type}' with identifier '{name}' did not "
            f'stabilize: {reason}" (HandlerErrorCode: NotStabilized)'
        )

    def _at_rest(self, work: Work, made: Made) -> dict[str, Any]:
        told = until(lambda: self._describe(work, made), lambda told: not told or told["EndpointStatus"] in _AT_REST)
        if told is None:
            raise ResourceError(f"Endpoint {self.name_of(made)} does not exist")
        return told

    def _describe(self, work: Work, made: Made) -> dict[str, Any] | None:
        try:
            told: dict[str, Any] = self._call(work, "describe", EndpointName=self.name_of(made))
        except ClientError as error:
            if "Could not find" not in str(error):
                raise
            return None
        return told


def _last(name: str) -> str:
    """Of a configuration's name or ARN."""
    return name.rpartition("/")[2]
