"""
What SageMaker writes down of a version's images: the digest of what a tag stood for when the version was registered.
There is no image here, so the digest is one of its name, and a tag never moves.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelPackageContainerDefinition.html
"""

import hashlib
from typing import Any

_names: dict[str, str] = {}
"""What each digest was given for."""


def with_digests(specification: dict[str, Any] | None) -> dict[str, Any] | None:
    """An inference specification whose containers have their `ImageDigest`."""
    containers = (specification or {}).get("Containers")
    if not specification or not containers:
        return specification
    return {**specification, "Containers": [{"ImageDigest": digest_of(each["Image"]), **each} for each in containers]}


def digest_of(image: str) -> str:
    """Of an image by its tag, or the digest that it is named by."""
    name, _, digest = image.rpartition("/")[2].partition("@")
    digest = digest or f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"
    _names.setdefault(digest, name)
    return digest


def name_of(image: str) -> str:
    """`repository:tag` of an image, also where it is named by a digest that was given here."""
    name, _, digest = image.rpartition("/")[2].partition("@")
    return _names.get(digest, name)
