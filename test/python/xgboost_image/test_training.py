from __future__ import annotations

import re

import numpy as np
import pytest
import xgboost as xgb
from training_folder import TrainingFolder, sample_rows, to_csv
from xgboost_image.job import JobError
from xgboost_image.training import train

CSV = {"ContentType": "text/csv"}


def predictions(booster: xgb.Booster) -> list[float]:
    return booster.predict(xgb.DMatrix(sample_rows(50, seed=9)[:, 1:])).tolist()


def metric_lines(log: str) -> list[str]:
    return [line for line in log.splitlines() if line.startswith("[")]


def test_the_model_is_the_one_that_xgboost_makes_of_the_same_rows_and_settings(job: TrainingFolder) -> None:
    job.configure()
    train()
    rows = sample_rows(300, seed=1)
    settings = {"objective": "binary:logistic", "max_depth": 3, "eta": 0.3, "nthread": 1}
    expected = xgb.train(settings, xgb.DMatrix(rows[:, 1:], label=rows[:, 0]), 5)
    assert predictions(job.booster) == predictions(expected)
    assert [path.name for path in job.model.parent.iterdir()] == ["xgboost-model"]


def test_every_round_prints_each_metric_on_each_channel_as_sagemakers_metric_definitions_read_it(
    job: TrainingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    job.configure(eval_metric="auc,error,logloss")
    train()
    lines = metric_lines(capsys.readouterr().out)
    names = [f"{channel}-{name}" for channel in ("train", "validation") for name in ("auc", "error", "logloss")]
    pattern = r"\[(\d)\]" + "".join(rf"\t{name}:\d\.\d{{5}}" for name in names)
    assert [re.fullmatch(pattern, line)[1] for line in lines] == list("01234")
    # CloudWatch shows a tab as #011, https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost-tuning.html
    assert re.fullmatch(r".*\[[0-9]+\].*#011validation-auc:(\S+).*", lines[0].replace("\t", "#011"))


def test_metrics_that_the_image_adds_are_printed_beside_xgboosts_own(
    job: TrainingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    job.configure(eval_metric="accuracy,error,f1")
    train()
    last = metric_lines(capsys.readouterr().out)[-1]
    values = {name: float(value) for name, value in re.findall(r"\t([^:]+):(\S+)", last)}
    assert list(values)[:3] == ["train-error", "train-accuracy", "train-f1"]
    assert values["validation-accuracy"] == pytest.approx(1 - values["validation-error"], abs=1e-5)


def test_every_file_of_a_channel_is_read_but_hidden_ones(job: TrainingFolder) -> None:
    rows = sample_rows(300, seed=1)
    job.configure()
    train()
    whole = job.model.read_bytes()
    job.write("train/train.csv", to_csv(rows[:100]))
    job.write("train/year=2/b.csv", to_csv(rows[100:]))
    job.write("train/_SUCCESS", "")
    job.write("train/.hidden.csv", "not,a,number\n")
    train()
    assert job.model.read_bytes() == whole


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_model(job: TrainingFolder) -> None:
    models = []
    for seed in ("7", "7", "8"):
        job.configure(subsample="0.5", seed=seed)
        train()
        models.append(job.model.read_bytes())
    assert models[0] == models[1] != models[2]


def test_csv_weights_take_the_second_column_as_the_rows_weights(job: TrainingFolder) -> None:
    rows = sample_rows(300, seed=1)
    weights = np.where(rows[:, 1] > 0, 3.0, 0.5)
    job.write_rows("train", np.column_stack([rows[:, 0], weights, rows[:, 1:]]))
    job.configure({"train": CSV}, csv_weights="1")
    train()
    settings = {"objective": "binary:logistic", "max_depth": 3, "eta": 0.3, "nthread": 1}
    expected = xgb.train(settings, xgb.DMatrix(rows[:, 1:], label=rows[:, 0], weight=weights), 5)
    assert predictions(job.booster) == predictions(expected)


def test_early_stopping_keeps_the_best_rounds_model(job: TrainingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    job.configure(num_round="200", early_stopping_rounds="5", eval_metric="error,auc")
    train()
    scores = [float(line.rpartition(":")[2]) for line in metric_lines(capsys.readouterr().out)]
    best = int(np.argmax(scores))
    assert len(scores) == best + 1 + 5 < 200
    assert job.booster.num_boosted_rounds() == best + 1


@pytest.mark.parametrize(
    ("channels", "metric"), [({"train": CSV}, "auc"), (None, None)], ids=["no validation channel", "no metric"]
)
def test_early_stopping_without_something_to_stop_on_is_said_to_be_off(
    job: TrainingFolder, capsys: pytest.CaptureFixture[str], channels: dict | None, metric: str | None
) -> None:
    job.configure(channels, early_stopping_rounds="1", eval_metric=metric)
    train()
    assert "No early stopping: it needs a validation channel and eval_metric" in capsys.readouterr().out
    assert job.booster.num_boosted_rounds() == 5


def test_several_classes_are_told_apart(job: TrainingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    for channel, seed in (("train", 1), ("validation", 2)):
        rows = sample_rows(300, seed)
        rows[:, 0] += rows[:, 3] > 1
        job.write_rows(channel, rows)
    job.configure(objective="multi:softprob", num_class="3", eval_metric="mlogloss,accuracy")
    train()
    assert np.shape(predictions(job.booster)) == (50, 3)
    accuracy = float(metric_lines(capsys.readouterr().out)[-1].rpartition(":")[2])
    assert 0.5 < accuracy < 1


def test_hyperparameters_that_change_nothing_are_named(job: TrainingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    job.configure(sketch_eps="0.03", save_model_on_termination="true")
    train()
    log = capsys.readouterr().out
    assert "Hyperparameter sketch_eps has no effect" in log
    assert "Hyperparameter save_model_on_termination has no effect" in log


@pytest.mark.parametrize(
    ("objective", "label", "rule"),
    [
        ("binary:logistic", 2, "in [0, 1]"),
        ("reg:logistic", -1, "in [0, 1]"),
        ("multi:softmax", 3, "an integer in [0, 2]"),
        ("multi:softmax", 0.5, "an integer in [0, 2]"),
    ],
)
def test_labels_that_the_objective_is_not_for_are_refused(
    job: TrainingFolder, objective: str, label: float, rule: str
) -> None:
    rows = sample_rows(300, seed=1)
    rows[7, 0] = label
    job.write_rows("train", rows)
    job.configure(objective=objective, num_class="3" if "multi" in objective else None, eval_metric=None)
    with pytest.raises(JobError, match=r"channel train: a label") as error:
        train()
    assert str(error.value).endswith(f"of {objective} must be {rule}")


def test_what_xgboost_itself_refuses_is_said_in_its_words_without_its_stack(job: TrainingFolder) -> None:
    rows = sample_rows(300, seed=1)
    rows[:, 0] = -1
    job.write_rows("train", rows)
    job.configure({"train": CSV}, objective="count:poisson", eval_metric=None)
    with pytest.raises(JobError) as error:
        train()
    assert re.fullmatch(r"XGBoost: .*label must be nonnegative.*", str(error.value))


def test_channels_of_different_widths_are_refused(job: TrainingFolder) -> None:
    job.write_rows("validation", sample_rows(100, seed=2)[:, :3])
    job.configure()
    with pytest.raises(JobError, match=r"same number of features, got: \{'train': 3, 'validation': 2\}"):
        train()
