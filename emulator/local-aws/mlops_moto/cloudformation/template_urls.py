"""
Templates in S3, read with the rights of whoever names them, before their request takes its turn.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-overview.html
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from ..authorization.calls import signed_scope
from ..sagemaker.endpoints.role_clients import Clients
from ..wsgi.serial import read_body

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

TEMPLATE = "mlops.template"
"""Where the request's environment has the text, or why there is none."""

_SIGNED = re.compile(r"Credential=[^/]+/\d+/[^/]+/cloudformation/")
_IN_HOST = re.compile(r"(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com")
_IN_PATH = re.compile(r"s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com|127\.0\.0\.1|localhost")


class TemplateUrlError(Exception):
    """Why there is no template, in CloudFormation's words."""


class TemplateUrls:
    """Not to be reached with the lock."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if _SIGNED.search(str(environ.get("HTTP_AUTHORIZATION", ""))):
            read_body(environ)
            url = parse_qs(environ["wsgi.input"].read().decode()).get("TemplateURL")
            environ["wsgi.input"].seek(0)
            if url:
                key, region = signed_scope(environ)
                environ[TEMPLATE] = _read(url[0], key, region)
        return self._application(environ, start_response)


def template_at(url: str, access_key: str, region: str) -> str:
    """
    Not to be called with the lock.

    access_key: whose rights count
    raises TemplateUrlError
    """
    bucket, key, version = _place(url)
    session = {"accessKeyId": access_key, "secretAccessKey": "local", "sessionToken": ""}
    try:
        given = {"VersionId": version} if version else {}
        answer = Clients(session, region).of("s3").get_object(Bucket=bucket, Key=key, **given)
        return str(answer["Body"].read().decode())
    except ClientError as error:
        raise TemplateUrlError(f"S3 error: {error.response['Error']['Message']}") from error
    except (BotoCoreError, UnicodeDecodeError) as error:
        raise TemplateUrlError(f"S3 error: {error}") from error


def _read(url: str, access_key: str, region: str) -> str | TemplateUrlError:
    try:
        return template_at(url, access_key, region)
    except TemplateUrlError as error:
        return error


def _place(url: str) -> tuple[str, str, str | None]:
    """Bucket, key and version."""
    parts = urlsplit(url)
    version = parse_qs(parts.query).get("versionId", [None])[0]
    path, host = unquote(parts.path).lstrip("/"), parts.hostname or ""
    in_host = _IN_HOST.fullmatch(host)
    if in_host and path:
        return in_host[1], path, version
    bucket, _, key = path.partition("/")
    if not _IN_PATH.fullmatch(host) or not key:
        raise TemplateUrlError("TemplateURL must be a supported URL.")
    return bucket, key, version
