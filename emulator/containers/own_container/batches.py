"""
A batch transform job with a container of somebody's own: starts `serve` with the model, and sends it the input, in
payloads as the job says, or `serve` itself where the job does not.
https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-batch-code.html
"""

from __future__ import annotations

import gzip
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from batch_records import DataProcessing, RecordError, Records

from own_container.program import Serving, ServingError, serving

_MEGABYTE = 2**20
_LONGEST_PAYLOAD = 6
"""MB, where neither the job nor `serve` says."""


class BatchError(Exception):
    """The job fails; the message says of what."""


def transform(folder: Path) -> None:
    """
    Scores every file below INPUT_FOLDER; that of `part.csv` is `part.csv.out` in OUTPUT_FOLDER. One that cannot be
    scored has none and fails the job, which scores the others all the same. Environment: MODEL_DATA, a model.tar.gz,
    and what CreateTransformJob says: CONTENT_TYPE, ACCEPT, SPLIT_TYPE, ASSEMBLE_WITH, COMPRESSION_TYPE, BATCH_STRATEGY,
    MAX_PAYLOAD_MB, and of records (`batch_records`).

    raises BatchError: naming the files
    raises ServingError: where `serve` does not serve the model
    """
    _unpack(Path(os.environ["MODEL_DATA"]))
    source, out = Path(os.environ["INPUT_FOLDER"]), Path(os.environ["OUTPUT_FOLDER"])
    problems = []
    with serving(folder, _told_of_batch()) as program:
        program.wait_for_ping()
        settings = _Settings(program)
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            name = path.relative_to(source)
            try:
                content = settings.output(program, path)
            except (BatchError, RecordError) as error:
                problems.append(f"{name}: {error}")
                continue
            target = out / f"{name}.out"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            print(f"{name}: scored", flush=True)
    if problems:
        raise BatchError(f"ClientError: {'; '.join(problems)}")


class _Settings:
    def __init__(self, program: Serving) -> None:
        advised = _advised(program)
        given = os.environ
        self._splits = (given.get("SPLIT_TYPE") or "None") == "Line"
        if not self._splits and (given.get("SPLIT_TYPE") or "None") != "None":
            raise BatchError(f"ClientError: SplitType must be None or Line, got: {given['SPLIT_TYPE']}")
        strategy = given.get("BATCH_STRATEGY") or advised.get("BatchStrategy") or "MultiRecord"
        self._single = strategy.replace("_", "").upper() == "SINGLERECORD"
        payload = given.get("MAX_PAYLOAD_MB") or advised.get("MaxPayloadInMB") or _LONGEST_PAYLOAD
        self._limit = int(payload) * _MEGABYTE
        self._ends_lines = given.get("ASSEMBLE_WITH") == "Line"
        self._compressed = given.get("COMPRESSION_TYPE") == "Gzip"
        self._processing = DataProcessing.told_in(given)
        self._headers = {
            name: value
            for name, value in (("Content-Type", given.get("CONTENT_TYPE")), ("Accept", given.get("ACCEPT")))
            if value
        }

    def output(self, program: Serving, path: Path) -> bytes:
        """The file of what `serve` says of a file's content, filtered and joined."""
        content = gzip.decompress(path.read_bytes()) if self._compressed else path.read_bytes()
        if self._processing.changes_nothing:
            return b"".join(self._scored(program, content))
        records = Records(_decoded(content), path.name, self._processing)
        return records.output(_decoded(b"".join(self._scored(program, records.for_model().encode())))).encode()

    def _scored(self, program: Serving, content: bytes) -> Iterator[bytes]:
        for payload in self._payloads(content):
            if len(payload) > self._limit:
                raise BatchError(f"a payload must be at most {self._limit} bytes, got: {len(payload)}")
            answer = program.ask("POST", "/invocations", payload, self._headers)
            if answer is None:
                raise ServingError("AlgorithmError: serve gave no answer to a payload")
            if answer.status != 200:
                said = answer.body.decode(errors="replace")[:512]
                raise BatchError(f"See job logs for more information: status {answer.status}: {said}")
            yield self._whole(answer.body)

    def _payloads(self, content: bytes) -> Iterator[bytes]:
        if not self._splits:
            yield content
            return
        payload = b""
        for line in content.splitlines(keepends=True):
            if payload and (self._single or len(payload) + len(line) > self._limit):
                yield payload
                payload = b""
            payload += line
        if payload:
            yield payload

    def _whole(self, body: bytes) -> bytes:
        return body + b"\n" if self._ends_lines and not body.endswith(b"\n") else body


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise BatchError(f"CSV that is filtered or joined must be UTF-8: {error.reason}") from None


def _advised(program: Serving) -> Mapping[str, str]:
    """What the container says of itself, if it does."""
    answer = program.ask("GET", "/execution-parameters")
    if answer is None or answer.status != 200:
        return {}
    try:
        return {name: str(value) for name, value in json.loads(answer.body).items()}
    except ValueError:
        return {}


def _told_of_batch() -> dict[str, str]:
    """https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-batch-code.html"""
    given = {
        "SAGEMAKER_BATCH_STRATEGY": os.environ.get("BATCH_STRATEGY", ""),
        "SAGEMAKER_MAX_PAYLOAD_IN_MB": os.environ.get("MAX_PAYLOAD_MB", ""),
    }
    return {"SAGEMAKER_BATCH": "true", **{name: value for name, value in given.items() if value}}


def _unpack(archive: Path) -> None:
    """Into the folder that it lies in, which is /opt/ml/model."""
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(archive.parent, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        raise BatchError(f"ClientError: {archive.name} cannot be unpacked: {error}") from error
    archive.unlink()
