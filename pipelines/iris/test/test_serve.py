"""SageMaker's contract for serving: /ping, /invocations, SIGTERM; and a model that is replaced."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from container_runs import Serving, Trained, end_of_serving, serving

SETOSA, VIRGINICA = "5.1,3.5,1.4,0.2\n", "6.9,3.1,5.4,2.1\n"


@pytest.fixture(scope="module")
def server(trained: Trained) -> Iterator[Serving]:
    with serving(trained.root) as running:
        yield running


def test_a_ping_is_answered_with_200_once_the_model_is_loaded(server: Serving) -> None:
    assert server.ask("GET", "/ping") == (200, "")


def test_rows_are_answered_one_by_one_in_what_is_accepted(server: Serving) -> None:
    status, body = server.invoke(SETOSA + VIRGINICA)
    (first, chance), (second, _) = (line.split(",") for line in body.splitlines())
    assert (status, first, second) == (200, "setosa", "virginica")
    assert 0.5 < float(chance) <= 1
    status, body = server.invoke(SETOSA, Accept="application/json")
    assert (status, json.loads(body)["predictions"][0]["species"]) == (200, "setosa")


def test_batch_transform_is_told_how_to_ask(server: Serving) -> None:
    status, body = server.ask("GET", "/execution-parameters")
    assert status == 200
    assert json.loads(body) == {"MaxConcurrentTransforms": 1, "BatchStrategy": "MULTI_RECORD", "MaxPayloadInMB": 6}


@pytest.mark.parametrize(
    ("body", "headers", "status", "error"),
    [
        ("", {}, 400, "body must have at least one row, got: none"),
        ("1,2,3\n", {}, 400, "body:1: a row must have 4 measures, got: 3"),
        (SETOSA + "5,x,1,1\n", {}, 400, "body:2: sepal width must be a number of centimetres"),
        ("{}", {"Content_Type": "application/json"}, 415, "the content type must be text/csv, got: application/json"),
        (SETOSA, {"Accept": "image/png"}, 406, "text/csv or application/json, got: image/png"),
    ],
)
def test_what_it_does_not_take_is_refused_in_words(
    server: Serving, body: str, headers: dict[str, str], status: int, error: str
) -> None:
    got, answer = server.invoke(body, **headers)
    assert (got, error in json.loads(answer)["error"]) == (status, True)


def test_other_paths_other_methods_and_bodies_over_6_mib_are_refused(server: Serving) -> None:
    assert server.ask("GET", "/metrics")[0] == 404
    assert server.ask("GET", "/invocations")[0] == 405
    assert server.invoke("1" * (6 * 2**20 + 1))[0] == 413
    assert server.ask("GET", "/ping")[0] == 200


def test_a_model_that_is_replaced_is_read_anew_and_a_broken_one_changes_nothing(
    trained: Trained, tmp_path: Path
) -> None:
    shutil.copytree(trained.root / "model", tmp_path / "model")
    file = tmp_path / "model" / "model.json"
    with serving(tmp_path) as server:
        assert server.invoke(SETOSA)[1].startswith("setosa,")
        model = json.loads(file.read_text())
        replace(file, json.dumps({**model, "bias": [0, 0, 1000]}))
        assert server.invoke(SETOSA)[1].startswith("virginica,")
        replace(file, "{")
        assert server.invoke(SETOSA)[1].startswith("virginica,")


def replace(file: Path, text: str) -> None:
    new = file.with_name("new")
    new.write_text(text)
    new.replace(file)


def test_sigterm_lets_what_is_under_way_end_and_then_the_program(trained: Trained) -> None:
    with serving(trained.root) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.putrequest("POST", "/invocations")
        connection.putheader("Content-Type", "text/csv")
        connection.putheader("Content-Length", str(len(SETOSA)))
        connection.endheaders(SETOSA[:3].encode())
        assert server.ask("GET", "/ping")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        connection.send(SETOSA[3:].encode())
        answer = connection.getresponse()
        assert (answer.status, answer.read().decode().split(",")[0]) == (200, "setosa")
        assert server.process.wait(60) == 0


@pytest.mark.parametrize(
    "text", [None, "{}", '{"species": ["a"], "mean": [1], "scale": [1], "weights": [[1]], "bias": [1]}']
)
def test_without_a_model_of_its_own_it_does_not_begin(tmp_path: Path, text: str | None) -> None:
    (tmp_path / "model").mkdir()
    if text:
        (tmp_path / "model" / "model.json").write_text(text)
    code, said = end_of_serving(tmp_path)
    assert (code, "model.json must be" in said) == (1, True)
