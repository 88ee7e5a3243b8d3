"""Serving: what the image does behind an endpoint. One process has one model, as a worker of the image has."""

from __future__ import annotations

import json
import os
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer

import xgboost as xgb

from xgboost_image.invocations import LARGEST, Answer, invoke
from xgboost_image.job import ml_root
from xgboost_image.model_file import image_version, load_unpacked


def serve() -> None:
    """Answers at the socket SERVING_SOCKET, where the image takes port 8080, until it is ended.

    /ping, /execution-parameters and /invocations:
    https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
    """
    booster = load_unpacked(ml_root() / "model", image_version())
    print("Model loaded successfully", flush=True)
    Server(os.environ["SERVING_SOCKET"], handler_of(booster)).serve_forever()


class Server(ThreadingMixIn, UnixStreamServer):
    """Each connection has a thread, so that one that is kept open keeps nobody else waiting."""

    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        Path(str(self.server_address)).unlink(missing_ok=True)
        super().server_bind()


def handler_of(booster: xgb.Booster) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answers = {"/ping": Answer(HTTPStatus.OK, ""), "/execution-parameters": execution_parameters()}
            self._send(answers.get(self.path, Answer(HTTPStatus.NOT_FOUND, "")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path != "/invocations":
                return self._send(Answer(HTTPStatus.NOT_FOUND, ""))
            if len(body) > largest():
                return self._send(Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"body is over {largest()} bytes"))
            answer = invoke(booster, body, {name.lower(): value for name, value in self.headers.items()})
            if answer.status >= HTTPStatus.BAD_REQUEST:
                print(f"{answer.status.value} {answer.body}", flush=True)
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            content = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Not a line for each request."""

    return Handler


def execution_parameters() -> Answer:
    limits = {
        "MaxConcurrentTransforms": os.cpu_count(),
        "BatchStrategy": "MULTI_RECORD",
        "MaxPayloadInMB": largest() // 2**20,
    }
    return Answer(HTTPStatus.OK, json.dumps(limits), "application/json")


def largest() -> int:
    return min(int(os.environ.get("MAX_CONTENT_LENGTH") or LARGEST), 20 * 2**20)
