"""
What `docker push` says to ECR: the registry's own protocol, with a token of GetAuthorizationToken, at `/v2/`, where API
Gateway's requests are signed and these are not. Each request needs what the call of ECR needs that it stands for. Of a
layer its digest and size are kept, so that an image is pushed and found here, and none is pulled.
https://github.com/opencontainers/distribution-spec/blob/main/spec.md
https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
"""

import contextlib
import hashlib
import json
import re
import uuid
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.core.exceptions import JsonRESTError, ServiceException
from moto.ecr.exceptions import ImageAlreadyExistsException
from moto.ecr.models import ECRBackend, ecr_backends
from werkzeug.wrappers import Request, Response

from ..authorization.authorizer import Authorizer
from ..authorization.calls import Call
from ..wsgi.gate import stranger
from ..wsgi.serial import STATE_LOCK
from .tokens import Bearer, bearer_of

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_DIGEST = "sha256:[0-9a-f]{64}"
_CHUNK = 2**20
_ERRORS: Mapping[str, tuple[int, str]] = {
    "RepositoryNotFoundException": (404, "NAME_UNKNOWN"),
    "ImageNotFoundException": (404, "MANIFEST_UNKNOWN"),
    "ImageTagAlreadyExistsException": (400, "TAG_INVALID"),
    "ImageDigestDoesNotMatchException": (400, "DIGEST_INVALID"),
    "LayersNotFoundException": (404, "MANIFEST_BLOB_UNKNOWN"),
}


class _RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.response = Response(
            json.dumps({"errors": [{"code": code, "message": message}]}), status, content_type="application/json"
        )


@dataclass
class _Upload:
    repository: str
    size: int = 0
    content: Any = field(default_factory=hashlib.sha256)

    def take(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            self.content.update(part)
            self.size += len(part)


_UPLOADS: dict[str, _Upload] = {}


class Registry:
    """Leaves everything else to the application."""

    def __init__(self, application: Application, authorizer: Authorizer | None) -> None:
        self._application = application
        self._authorizer = authorizer

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        signed = str(environ.get("HTTP_AUTHORIZATION", "")).startswith("AWS4-")
        if signed or stranger(environ) or not str(environ.get("PATH_INFO", "")).startswith("/v2/"):
            return self._application(environ, start_response)
        try:
            response = self._answer(Request(environ))
        except _RefusedError as refusal:
            response = refusal.response
        except (JsonRESTError, ServiceException) as error:
            name = str(error.error_type if isinstance(error, JsonRESTError) else error.code)
            response = _RefusedError(*_ERRORS.get(name, (400, "MANIFEST_INVALID")), str(error.message)).response
        response.headers["Docker-Distribution-Api-Version"] = "registry/2.0"
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        bearer = _bearer(request)
        path = request.path.removeprefix("/v2/")
        if not path:
            return Response("{}", content_type="application/json")
        for pattern, method, operation, answer in _ROUTES:
            found = re.fullmatch(rf"(?P<repository>[a-z0-9._/-]+)/{pattern}", path)
            if found and request.method == method:
                named = found.groupdict()
                self._require(bearer, operation, named["repository"])
                return answer(_Asked(request, bearer, named["repository"], named.get("what") or ""))
        raise _RefusedError(405, "UNSUPPORTED", f"Local AWS's registry does not take {request.method} {request.path}")

    def _require(self, bearer: Bearer, operation: str, repository: str) -> None:
        """raises _RefusedError: where policies do not allow the call"""
        given = {"repositoryName": repository, "registryId": bearer.account}
        call = Call(bearer.access_key, "ecr", bearer.region, operation, given, {})
        refusal = self._authorizer.refusal(call) if self._authorizer and self._authorizer.enabled else None
        if refusal:
            raise _RefusedError(403, "DENIED", refusal)


@dataclass(frozen=True)
class _Asked:
    request: Request
    bearer: Bearer
    repository: str
    what: str
    """A digest, an upload, or a manifest's tag or digest."""

    @property
    def backend(self) -> ECRBackend:
        return ecr_backends[self.bearer.account][self.bearer.region]

    def there(self, *path: str) -> str:
        return "/".join(("/v2", self.repository, *path))

    def upload(self) -> _Upload:
        upload = _UPLOADS.get(self.what)
        if upload is None or upload.repository != self.repository:
            raise _RefusedError(404, "BLOB_UPLOAD_UNKNOWN", f"There is no upload {self.what}")
        return upload


def _bearer(request: Request) -> Bearer:
    """raises _RefusedError: 401"""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    try:
        user, _, token = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        user, token = "", ""
    bearer = bearer_of(token) if (kind, user) == ("Basic", "AWS") else None
    if bearer is None:
        refusal = _RefusedError(401, "UNAUTHORIZED", "Not Authorized: it lacks a token of GetAuthorizationToken")
        refusal.response.headers["WWW-Authenticate"] = 'Basic realm="local AWS",service="ecr.amazonaws.com"'
        raise refusal
    return bearer


def _has_layer(asked: _Asked) -> Response:
    with STATE_LOCK:
        (layers, _) = asked.backend.batch_check_layer_availability(asked.repository, [asked.what]).values()
    if not layers:
        raise _RefusedError(404, "BLOB_UNKNOWN", f"There is no layer {asked.what}")
    return _headed(200, {"Content-Length": str(layers[0]["layerSize"]), "Docker-Content-Digest": asked.what})


def _begin(asked: _Asked) -> Response:
    with STATE_LOCK:
        asked.backend._get_repository(asked.repository)
    name = str(uuid.uuid4())
    _UPLOADS[name] = _Upload(asked.repository)
    return _headed(202, {"Location": asked.there("blobs", "uploads", name), "Docker-Upload-UUID": name, "Range": "0-0"})


def _go_on(asked: _Asked) -> Response:
    upload = asked.upload()
    _require_next(upload, asked.request)
    upload.take(_body(asked.request))
    return _headed(202, {"Location": asked.request.path, "Range": f"0-{max(0, upload.size - 1)}"})


def _finish(asked: _Asked) -> Response:
    upload, wanted = asked.upload(), asked.request.args.get("digest", "")
    _require_next(upload, asked.request)
    upload.take(_body(asked.request))
    digest = f"sha256:{upload.content.hexdigest()}"
    if digest != wanted:
        raise _RefusedError(400, "DIGEST_INVALID", f"The layer's digest is {digest}, not {wanted}")
    with STATE_LOCK:
        asked.backend._get_repository(asked.repository).layers[digest] = upload.size
    _UPLOADS.pop(asked.what, None)
    return _headed(201, {"Location": asked.there("blobs", digest), "Docker-Content-Digest": digest})


def _require_next(upload: _Upload, request: Request) -> None:
    """raises _RefusedError: 416 where a part says that it is another than the one that comes next"""
    begins = request.headers.get("Content-Range", f"{upload.size}-").partition("-")[0]
    if begins != str(upload.size):
        raise _RefusedError(416, "BLOB_UPLOAD_INVALID", f"A part must begin at byte {upload.size}, not {begins}")


def _put_manifest(asked: _Asked) -> Response:
    by_digest = re.fullmatch(_DIGEST, asked.what)
    try:
        content = b"".join(_body(asked.request)).decode()
    except UnicodeDecodeError as error:
        raise _RefusedError(400, "MANIFEST_INVALID", f"The manifest is not in UTF-8: {error}") from error
    tag, digest = (None, asked.what) if by_digest else (asked.what, None)
    own = f"sha256:{hashlib.sha256(content.encode()).hexdigest()}"
    with STATE_LOCK, contextlib.suppress(ImageAlreadyExistsException):  # which PutImage refuses, and a push does not
        asked.backend.put_image(asked.repository, content, tag, asked.request.content_type, digest)
    return _headed(201, {"Location": asked.there("manifests", own), "Docker-Content-Digest": own})


def _get_manifest(asked: _Asked) -> Response:
    tag, digest = (None, asked.what) if re.fullmatch(_DIGEST, asked.what) else (asked.what, None)
    with STATE_LOCK:
        image = asked.backend._get_repository(asked.repository)._get_image(tag, digest)
    content = image.image_manifest.encode()
    headers = {"Docker-Content-Digest": str(image.get_image_digest()), "Content-Length": str(len(content))}
    body = None if asked.request.method == "HEAD" else content
    return Response(body, headers=headers, content_type=image.image_manifest_media_type)


def _headed(status: int, headers: Mapping[str, str]) -> Response:
    return Response(None, status, headers)


def _body(request: Request) -> Iterator[bytes]:
    """Of known length, or in chunks."""
    stream = request.stream
    while part := stream.read(_CHUNK):
        yield part


_ROUTES: tuple[tuple[str, str, str, Callable[[_Asked], Response]], ...] = (
    (rf"blobs/(?P<what>{_DIGEST})", "HEAD", "BatchCheckLayerAvailability", _has_layer),
    ("blobs/uploads/?", "POST", "InitiateLayerUpload", _begin),
    ("blobs/uploads/(?P<what>[0-9a-f-]+)", "PATCH", "UploadLayerPart", _go_on),
    ("blobs/uploads/(?P<what>[0-9a-f-]+)", "PUT", "CompleteLayerUpload", _finish),
    ("manifests/(?P<what>[^/]+)", "PUT", "PutImage", _put_manifest),
    ("manifests/(?P<what>[^/]+)", "GET", "BatchGetImage", _get_manifest),
    ("manifests/(?P<what>[^/]+)", "HEAD", "BatchGetImage", _get_manifest),
)
