"""What Step Functions refuses with, as its clients know it: moto's (5.2.5) own have no code."""

from moto.core.exceptions import AWSError


class AccessDeniedError(AWSError):
    TYPE = "AccessDeniedException"
    STATUS = 400


class InvalidDefinitionError(AWSError):
    TYPE = "InvalidDefinition"
    STATUS = 400


class InvalidOutputError(AWSError):
    TYPE = "InvalidOutput"
    STATUS = 400


class InvalidTokenError(AWSError):
    TYPE = "InvalidToken"
    STATUS = 400


class TaskTimedOutError(AWSError):
    TYPE = "TaskTimedOut"
    STATUS = 400
