from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from rows import FEATURES
from script_runs import Job

NOW = ("--now", "2026-11-27T06:00:00.000Z", "--days", "7", "--rows", "2")


def scored(execution: str, at: str, **predictions: float) -> dict[str, pd.DataFrame]:
    rows = pd.DataFrame({"id": list(predictions), **dict.fromkeys(FEATURES, 1.0)})
    rows = rows.assign(prediction=list(predictions.values()), scored_at=at)
    return {f"input/scored/{execution}/predictions/scored/scored.csv": rows}


def truth(name: str, **values: float) -> dict[str, str]:
    return {f"input/truth/{name}.csv": "id,value\n" + "".join(f"{key},{value}\n" for key, value in values.items())}


def merged(root: Path) -> list[list[object]]:
    return pd.read_csv(root / "merged/merged.csv").to_numpy().tolist()


def test_truth_of_the_period_comes_to_what_was_predicted_of_the_same_id(job: Job) -> None:
    files = {
        **scored("e1", "2026-11-01T00:00:00+00:00", a=1, b=2, c=3),
        **truth("20261126T000000Z-0a", b=20, a=10),
        **truth("20261120T055959Z-0b", c=30),
        **truth("20261127T000000Z-0c", unknown=99),
        "input/scored/e1/monitoring/statistics.json": "{}",
    }
    assert merged(job("merge_truth", files, *NOW)) == [["a", 10, 1], ["b", 20, 2]]


def test_the_later_prediction_and_the_later_truth_count(job: Job) -> None:
    files = {
        **scored("e9", "2026-11-01T00:00:00+00:00", a=1, b=2),
        **scored("e1", "2026-11-02T00:00:00+00:00", a=1.5),
        **truth("20261126T000000Z-0a", a=10, b=20),
        **truth("20261126T000001Z-0a", b=21),
    }
    assert merged(job("merge_truth", files, *NOW)) == [["a", 10, 1.5], ["b", 21, 2]]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (truth("20261101T000000Z-0a", a=1), "no ground truth has arrived since 2026-11-20T06:00:00"),
        (truth("truth", a=1), "its name must begin with when it arrived"),
        (truth("20261126T000000Z-0a", a=1), "1 predictions have a truth that arrived in 7 days: 2 are needed"),
        (truth("20261126T000000Z-0a", a="?"), r"20261126T000000Z-0a\.csv:2: value must be a number"),
    ],
)
def test_a_period_of_which_nothing_can_be_said_is_refused(job: Job, files: dict[str, str], message: str) -> None:
    with pytest.raises(SystemExit, match=message):
        job("merge_truth", {**scored("e1", "2026-11-01T00:00:00+00:00", a=1), **files}, *NOW)


def test_without_predictions_there_is_nothing_to_compare(job: Job) -> None:
    files = {**truth("20261126T000000Z-0a", a=1), "input/scored/e1/other.csv": "x"}
    with pytest.raises(SystemExit, match="no inference has left predictions"):
        job("merge_truth", files, *NOW)


def test_predictions_that_something_else_wrote_are_refused_without_a_value(job: Job) -> None:
    files = {
        **truth("20261126T000000Z-0a", a=1),
        "input/scored/e1/predictions/scored/scored.csv": "id,prediction\nsecret,1\n",
    }
    with pytest.raises(SystemExit, match=r"scored\.csv: must be what Diabetes-JoinPredictions writes: KeyError$"):
        job("merge_truth", files, *NOW)
