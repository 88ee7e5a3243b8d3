"""
Answers of custom resources: what a function puts at the ResponseURL that it was given, an address of S3's, signed for
this one request. Whoever has it may answer once, and nobody else.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
"""

import hmac
import json
import secrets
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode

from moto.core.utils import utcnow
from moto.utilities.arns import parse_arn
from werkzeug.wrappers import Response

from ..lambda_.origins import custom_resource_responses
from ..wsgi.gate import stranger
from ..wsgi.serial import read_body

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_PREFIX = "/arn:aws:cloudformation:"
_LONGEST = 4096
"""Bytes of an answer."""

_SECONDS = 2 * 60 * 60


class InvalidAnswerError(Exception):
    """An answer that CloudFormation does not understand."""


class Question:
    """Put to a function, and open until it is answered."""

    def __init__(self, stack: str, logical_id: str) -> None:
        self.request = str(uuid.uuid4())
        self.key = f"{stack}|{logical_id}|{self.request}"
        self._told = {"StackId": stack, "RequestId": self.request, "LogicalResourceId": logical_id}
        self._signature = secrets.token_hex(32)
        self._region = str(parse_arn(stack).region)
        self._answered = threading.Event()
        self._body = b""
        _OPEN[self.key] = self

    @property
    def url(self) -> str:
        day = utcnow().strftime("%Y%m%d")
        query = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Date": utcnow().strftime("%Y%m%dT%H%M%SZ"),
            "X-Amz-SignedHeaders": "host",
            "X-Amz-Expires": str(_SECONDS),
            "X-Amz-Credential": f"cloudformation/{day}/{self._region}/s3/aws4_request",
            "X-Amz-Signature": self._signature,
        }
        return f"{custom_resource_responses(self._region)}/{quote(self.key, safe='')}?{urlencode(query)}"

    def is_signed(self, signature: str) -> bool:
        return hmac.compare_digest(signature.encode(), self._signature.encode())

    def answer(self, body: bytes) -> None:
        """Only the first counts."""
        if not self._answered.is_set():
            self._body = body
            self._answered.set()

    def wait(self, seconds: float) -> Mapping[str, Any] | None:
        """
        None: nobody answered.

        raises InvalidAnswerError: where it is no answer to this
        """
        try:
            return self._read() if self._answered.wait(seconds) else None
        finally:
            self.close()

    def close(self) -> None:
        _OPEN.pop(self.key, None)

    def _read(self) -> Mapping[str, Any]:
        if len(self._body) > _LONGEST:
            raise InvalidAnswerError("Response object is too long.")
        try:
            told = json.loads(self._body)
        except ValueError as error:
            raise InvalidAnswerError(f"Invalid Response object: it is no JSON: {error}") from error
        if not isinstance(told, dict) or told.get("Status") not in ("SUCCESS", "FAILED"):
            raise InvalidAnswerError("Invalid Response object: Value of property Status must be SUCCESS or FAILED")
        for name, value in self._told.items():
            if told.get(name) != value:
                raise InvalidAnswerError(f"Invalid Response object: Value of property {name} must be {value}")
        if not isinstance(told.get("Data") or {}, dict):
            raise InvalidAnswerError("Invalid Response object: Value of property Data must be an object")
        return told


_OPEN: dict[str, Question] = {}
"""By the key of the object that their answer would be in S3."""


class Answers:
    """Takes what is put at a ResponseURL, and leaves everything else to the application."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = unquote(str(environ.get("PATH_INFO", "")))  # cheroot leaves %2F as it is
        if environ["REQUEST_METHOD"] != "PUT" or not path.startswith(_PREFIX):
            return self._application(environ, start_response)
        question = _OPEN.get(path.removeprefix("/"))
        signature = parse_qs(str(environ.get("QUERY_STRING", ""))).get("X-Amz-Signature", [""])[0]
        if stranger(environ) or question is None or not question.is_signed(signature):
            body = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
            return Response(body, 403, content_type="application/xml")(environ, start_response)
        read_body(environ)
        question.answer(environ["wsgi.input"].read())
        return Response("")(environ, start_response)
