"""Why a delivery failed, in EventBridge's own error codes."""

from moto.core.exceptions import JsonRESTError, ServiceException

_THROTTLES = {
    "ThrottlingException",
    "Throttling",
    "ThrottledException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
}
_LIMITS = {"ResourceLimitExceeded", "LimitExceededException"}


class DeliveryError(Exception):
    """
    A target did not take an event.

    code: as in a dead letter's ERROR_CODE
    retryable: whether EventBridge would try again: yes for throttling, limits and 5xx, no for other 4xx
    """

    def __init__(self, code: str, message: str, *, retryable: bool = False) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.retryable = retryable

    @classmethod
    def from_service(cls, error: ServiceException | JsonRESTError) -> "DeliveryError":
        """The error that a service of moto answered with."""
        kind = str(error.error_type if isinstance(error, JsonRESTError) else error.code)
        if kind in _THROTTLES:
            return cls("THROTTLING", str(error.message), retryable=True)
        if kind in _LIMITS:
            return cls("RESOURCE_LIMIT_EXCEEDED", str(error.message), retryable=True)
        return cls("ERROR_FROM_TARGET", f"{kind}: {error.message}")


def no_permissions(action: str, resource: str, who: str = "events.amazonaws.com") -> DeliveryError:
    return DeliveryError("NO_PERMISSIONS", f"{who} is not authorized to perform: {action} on resource: {resource}")


def no_resource(message: str) -> DeliveryError:
    return DeliveryError("NO_RESOURCE", message)


def no_such_kind(target: str) -> DeliveryError:
    return DeliveryError("SDK_CLIENT_ERROR", f"local AWS does not deliver to {target}")
