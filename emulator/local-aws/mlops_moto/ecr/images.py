"""
PutImage as ECR does it. moto (5.2.5) makes digests up, takes layers that nobody uploaded, and calls a tag that may not
be moved an image that exists.
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ecr.models import ECRBackend, Image, Repository

from ..patching import replace
from .events import put_event
from .scans import scan

_put_by_moto = ECRBackend.put_image


class _RefusedError(ServiceException):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def install() -> None:
    replace(ECRBackend, "put_image", _put_image)
    replace(Image, "get_image_size_in_bytes", _size)


def _put_image(
    backend: ECRBackend,
    repository_name: str,
    image_manifest: str,
    image_tag: str | None = None,
    image_manifest_mediatype: str | None = None,
    digest: str | None = None,
) -> Image:
    repository = backend._get_repository(repository_name, None)
    own = f"sha256:{hashlib.sha256(image_manifest.encode()).hexdigest()}"
    if digest and digest != own:
        raise _RefusedError(
            "ImageDigestDoesNotMatchException",
            f"The specified image digest '{digest}' does not match '{own}', the digest that ECR calculated",
        )
    _require_parts(repository, image_manifest)
    if image_tag and repository.is_tag_immutable() and any(image_tag in each.image_tags for each in repository.images):
        raise _RefusedError(
            "ImageTagAlreadyExistsException",
            f"The image tag '{image_tag}' already exists in the '{repository_name}' repository and cannot be "
            "overwritten because the tag is immutable.",
        )
    image = _put_by_moto(backend, repository_name, image_manifest, str(image_tag), image_manifest_mediatype, own)
    if image_tag is None:
        image.image_tags = [tag for tag in image.image_tags if tag != "None"]
        image.image_tag = next(iter(image.image_tags), None)
    pushed = {"result": "SUCCESS", "action-type": "PUSH", "image-digest": own, "image-tag": image_tag}
    put_event("ECR Image Action", repository, pushed, [])
    if repository.image_scanning_configuration.get("scanOnPush"):
        scan(repository, image)
    return image


def _require_parts(repository: Repository, manifest: str) -> None:
    """raises ServiceException: where a layer was not uploaded, or an image of an index not pushed"""
    there = {*repository.layers, *(image.get_image_digest() for image in repository.images)}
    missing = [digest for digest in _parts(manifest) if digest not in there]
    if missing:
        raise _RefusedError(
            "LayersNotFoundException",
            f"Image refers to layers that are not in the repository with name '{repository.name}': {missing}",
        )


def _parts(manifest: str) -> Iterator[str]:
    try:
        document: Any = json.loads(manifest)
    except ValueError as error:
        raise _RefusedError(
            "InvalidParameterException",
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
        ) from error
    if "config" in document:
        yield document["config"]["digest"]
    for part in (*document.get("layers", ()), *document.get("manifests", ())):
        yield part["digest"]


def _size(image: Image) -> int | None:
    document = json.loads(image.image_manifest)
    if "layers" not in document:
        return None
    return sum(int(part.get("size", 0)) for part in (document.get("config", {}), *document["layers"]))
