"""The first thing that is wrong with a definition, which is all that SageMaker says."""


class DefinitionError(Exception):
    """What AWS is known to say comes first; a place in brackets is ours."""

    begins = "Unable to parse pipeline definition. "


class AssignmentError(DefinitionError):
    """A reference where a value of another type is wanted. https://github.com/aws/sagemaker-python-sdk/issues/4867"""

    begins = ""

    def __init__(self, reference: str, given: str, wanted: str, where: str) -> None:
        super().__init__(
            f"Cannot assign property reference [{reference}] to argument of type [{wanted}]."
            f" ({where} was given one of type {given})"
        )


def expect_object(value: object, where: str) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    raise DefinitionError(f"Expecting start of Json Object. ({where})")


def expect_array(value: object, where: str) -> list[object]:
    if isinstance(value, list):
        return value
    raise DefinitionError(f"Expecting start of Json Array. ({where})")
