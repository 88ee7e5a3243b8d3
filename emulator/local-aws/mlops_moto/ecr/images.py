"""
PutImage and CompleteLayerUpload as ECR does them. moto (5.2.5) makes digests of images up, takes layers that nobody
uploaded or that are others than their digests say, and calls a tag that may not be moved an image that exists.
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ecr.models import ECRBackend, Image, Repository

from ..patching import replace
from .events import put_event
from .scans import scan

_put_by_moto = ECRBackend.put_image
_complete_by_moto = ECRBackend.complete_layer_upload

_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")


class _RefusedError(ServiceException):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def install() -> None:
    replace(ECRBackend, "put_image", _put_image)
    replace(ECRBackend, "complete_layer_upload", _complete)
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
    if image_tag is not None and not _TAG.fullmatch(image_tag):
        raise _invalid("imageTag", f"it is no tag: {image_tag}")
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
    except (RecursionError, ValueError) as error:
        raise _invalid("ImageManifest", "Invalid JSON syntax") from error
    given = document if isinstance(document, dict) else {"config": None}
    for parts in ([given["config"]] if "config" in given else [], given.get("layers", []), given.get("manifests", [])):
        if not isinstance(parts, list) or not all(map(_is_part, parts)):
            raise _invalid("ImageManifest", "it tells its parts otherwise than manifests do")
        for part in parts:
            yield part["digest"]


def _is_part(part: Any) -> bool:
    return isinstance(part, dict) and isinstance(part.get("digest"), str) and isinstance(part.get("size", 0), int)


def _invalid(name: str, rule: str) -> _RefusedError:
    return _RefusedError(
        "InvalidParameterException", f"Invalid parameter at '{name}' failed to satisfy constraint: '{rule}'"
    )


def _complete(
    backend: ECRBackend,
    repository_name: str,
    upload_id: str,
    layer_digests: list[str],
    registry_id: str | None = None,
) -> dict[str, Any]:
    upload = backend._get_repository(repository_name, registry_id).uploads.get(upload_id)
    own = f"sha256:{hashlib.sha256(bytes(upload.layer_parts)).hexdigest()}" if upload else None
    if own and layer_digests != [own]:
        raise _RefusedError(
            "InvalidLayerException",
            f"The layer digest that ECR calculated, '{own}', does not match that which is specified, {layer_digests}",
        )
    return dict(_complete_by_moto(backend, repository_name, upload_id, layer_digests, registry_id))


def _size(image: Image) -> int | None:
    document = json.loads(image.image_manifest)
    if "layers" not in document:
        return None
    return sum(int(part.get("size", 0)) for part in (document.get("config", {}), *document["layers"]))
