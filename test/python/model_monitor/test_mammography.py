"""The mammography model's own data: what its monitor passes, and what it must not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from monitor_run import Monitor
from prepare_data import SHIPPED_DATA, prepare, write_all
from preprocess import FEATURES, impute, read_file, read_folder, split

AGE, SHAPE, DENSITY = (f"_c{FEATURES.index(name)}" for name in ("Age", "Shape", "Density"))
CLEAN, OUTLIERS = "mammo-batch-dataset.csv", "mammo-batch-dataset-outliers.csv"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four data sets, and the baseline's that training part 1 leaves."""
    folder = tmp_path_factory.mktemp("data")
    write_all(prepare(read_file(SHIPPED_DATA)), folder)
    part1 = folder / "input"
    part1.mkdir()
    (part1 / "part1.csv").write_bytes((folder / "mammo-train-dataset-part1.csv").read_bytes())
    train = impute(split(read_folder(part1), seed=200))["train"]
    train[FEATURES].to_csv(folder / "baseline_dataset.csv", header=False, index=False)
    return folder


@pytest.fixture
def baseline(monitor: Monitor, data: Path) -> dict[str, Path]:
    return monitor.take_baseline(data / "baseline_dataset.csv")


def kinds(monitor: Monitor, baseline: dict[str, Path], path: Path) -> list[tuple[str, str]]:
    violations = monitor.analyze(path, **baseline).violations
    assert violations is not None
    return [(found["feature_name"], found["constraint_check_type"]) for found in violations]


def moved(data: Path, tmp_path: Path, column: str, amount: float) -> Path:
    """The clean batch with a column moved: complete, of the right types, and from another population."""
    batch = pd.read_csv(data / CLEAN, names=FEATURES)
    batch[column] += amount
    batch.to_csv(tmp_path / "moved.csv", header=False, index=False)
    return tmp_path / "moved.csv"


def test_the_training_data_passes_against_its_own_baseline(
    monitor: Monitor, baseline: dict[str, Path], data: Path
) -> None:
    assert kinds(monitor, baseline, data / "baseline_dataset.csv") == []


def test_the_clean_batch_passes(monitor: Monitor, baseline: dict[str, Path], data: Path) -> None:
    assert len((data / CLEAN).read_text().splitlines()) == 48
    assert kinds(monitor, baseline, data / CLEAN) == []


def test_the_outliers_batch_fails_on_its_header_and_its_missing_values(
    monitor: Monitor, baseline: dict[str, Path], data: Path
) -> None:
    found = kinds(monitor, baseline, data / OUTLIERS)
    columns = [f"_c{index}" for index in range(5)]
    assert [column for column, check in found if check == "data_type_check"] == columns
    assert [column for column, check in found if check == "completeness_check"] == [SHAPE, DENSITY]
    assert Counter(check for _, check in found) == {"data_type_check": 5, "completeness_check": 2}


@pytest.mark.parametrize("years", [25, 60])
def test_a_batch_of_other_ages_has_drifted_in_age_and_nothing_else(
    monitor: Monitor, baseline: dict[str, Path], data: Path, tmp_path: Path, years: int
) -> None:
    found = kinds(monitor, baseline, moved(data, tmp_path, "Age", years))
    assert found == [(AGE, "baseline_drift_check")]


def test_ages_below_zero_are_told_apart_from_drift(
    monitor: Monitor, baseline: dict[str, Path], data: Path, tmp_path: Path
) -> None:
    found = kinds(monitor, baseline, moved(data, tmp_path, "Age", -40))
    assert found == [(AGE, "data_type_check"), (AGE, "baseline_drift_check")]


@pytest.mark.parametrize("years", [1, -1])
def test_a_batch_of_almost_the_same_ages_passes(
    monitor: Monitor, baseline: dict[str, Path], data: Path, tmp_path: Path, years: int
) -> None:
    assert kinds(monitor, baseline, moved(data, tmp_path, "Age", years)) == []


@pytest.mark.parametrize("seed", range(20))
def test_any_other_small_batch_of_the_same_source_does_not_drift(
    monitor: Monitor, baseline: dict[str, Path], data: Path, tmp_path: Path, seed: int
) -> None:
    source = read_file(SHIPPED_DATA)[FEATURES]
    batch = source.fillna(source.median()).sample(48, random_state=seed)
    batch.to_csv(tmp_path / "batch.csv", header=False, index=False)
    assert kinds(monitor, baseline, tmp_path / "batch.csv") == []
