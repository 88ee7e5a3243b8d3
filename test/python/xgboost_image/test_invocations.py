"""What the image answers to an invocation."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path

import numpy as np
import pytest
import xgboost as xgb
from batch import booster
from training_folder import sample_rows, to_csv
from xgboost_image.invocations import Answer, invoke
from xgboost_image.job import JobError
from xgboost_image.model_file import load_unpacked

ROWS = sample_rows(40, seed=5)[:, 1:]


@pytest.fixture(scope="module")
def model() -> xgb.Booster:
    return booster()


def ask(model: xgb.Booster, text: str, content_type: str | None = "text/csv", accept: str | None = None) -> Answer:
    given = {"content-type": content_type, "accept": accept}
    return invoke(model, text.encode(), {name: value for name, value in given.items() if value})


def test_rows_of_csv_get_their_scores_parted_by_commas(model: xgb.Booster) -> None:
    answer = ask(model, to_csv(ROWS))
    assert (answer.status, answer.content_type) == (HTTPStatus.OK, "text/csv; charset=utf-8")
    assert answer.body == ",".join(map(str, model.predict(xgb.DMatrix(ROWS)).tolist()))
    assert ask(model, to_csv(ROWS), "text/csv; charset=utf-8", "*/*") == answer
    assert ask(model, to_csv(ROWS).replace(",", ";"), "csv") == answer


def test_whoever_wants_json_gets_it(model: xgb.Booster) -> None:
    answer = ask(model, "0.1,,0.3", accept="application/json")
    score = model.predict(xgb.DMatrix([[0.1, np.nan, 0.3]])).tolist()[0]
    assert (answer.content_type, json.loads(answer.body)) == ("application/json", {"predictions": [{"score": score}]})


@pytest.mark.parametrize("content_type", ["text/libsvm", "text/x-libsvm", None])
def test_what_a_row_of_libsvm_does_not_name_is_missing(model: xgb.Booster, content_type: str | None) -> None:
    answer = ask(model, "1 0:0.1 2:0.3\n1:0.5\n", content_type)
    rows = [[0.1, np.nan, 0.3], [np.nan, 0.5, np.nan]]
    assert answer.body == ",".join(map(str, model.predict(xgb.DMatrix(rows)).tolist()))


@pytest.mark.parametrize(
    ("text", "content_type", "accept", "status", "message"),
    [
        ("", "text/csv", None, 204, ""),
        ("1,2", "text/csv", None, 400, "Unable to evaluate payload provided: Feature size of csv inference data 2 is "),
        ("1,2,3,4", "text/csv", None, 400, "Unable to evaluate payload provided: Feature size of csv inference data 4"),
        ("0:1 7:1", "text/libsvm", None, 400, "Unable to evaluate payload provided: Feature size of libsvm inference"),
        ("1,2,3\n1,2", "text/csv", None, 415, "Loading csv data failed with Exception, please ensure data is in csv"),
        ("a,b,c", "text/csv", None, 415, "Loading csv data failed with Exception, please ensure data is in csv format"),
        ("0:a", "text/libsvm", None, 415, "Loading libsvm data failed with Exception, please ensure data is in libsvm"),
        ("{}", "application/json", None, 415, "application/json is not an accepted ContentType: csv, libsvm, parquet"),
        ("x", "application/x-recordio-protobuf", None, 415, "Content-type application/x-recordio-protobuf is not "),
        ("1,2,3", "text/csv", "image/png", 406, "Accept type image/png is not supported. Please use supported accept"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_the_images_status(
    model: xgb.Booster, text: str, content_type: str, accept: str | None, status: int, message: str
) -> None:
    answer = ask(model, text, content_type, accept)
    assert answer.status == status
    assert answer.body.startswith(message)


def test_a_model_may_have_any_name_but_must_be_alone(tmp_path: Path, model: xgb.Booster) -> None:
    (tmp_path / "mine.ubj").write_bytes(bytes(model.save_raw("ubj")))
    assert load_unpacked(tmp_path, "3.0-5").num_features() == 3
    (tmp_path / "notes.txt").write_text("about the model")
    with pytest.raises(JobError, match=r"must hold one model and nothing else .* got: mine\.ubj, notes\.txt"):
        load_unpacked(tmp_path, "3.0-5")
