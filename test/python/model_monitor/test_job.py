"""The monitoring job as a process: exit codes, its files, its log, and what a failed one leaves."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from model_monitor.job import write_whole
from monitor_run import Monitor

ROWS = "1,a\n2,b\n" * 50


def last_line(result: subprocess.CompletedProcess[str]) -> dict[str, object]:
    content: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return content


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_baseline_job_writes_statistics_and_constraints(monitor: Monitor) -> None:
    result = monitor.run(monitor.environment(ROWS))
    message = "Completed: Job completed successfully with no violations."
    assert (result.returncode, result.stderr) == (0, "")
    assert names(monitor.output) == ["constraints.json", "statistics.json"]
    assert last_line(result) == {"violations": 0, "exit_message": message}
    assert (monitor.ml / "output" / "message").read_text() == message
    assert names(monitor.ml / "output") == ["message"]


def test_a_job_with_violations_ends_well_and_tells_each(monitor: Monitor) -> None:
    files = monitor.take_baseline(ROWS)
    result = monitor.run(monitor.environment("?,a\n,b\n", **files))
    message = "CompletedWithViolations: Job completed successfully with 2 violations."
    assert result.returncode == 0
    assert last_line(result) == {"violations": 2, "exit_message": message}
    assert (monitor.ml / "output" / "message").read_text() == message
    found = monitor.json("constraint_violations.json")["violations"]
    assert [sorted(each) for each in found] == [["constraint_check_type", "description", "feature_name"]] * 2
    for each in found:
        assert f"{each['feature_name']}: {each['constraint_check_type']}: {each['description']}" in result.stdout


def test_a_job_without_violations_writes_an_empty_list_of_them(monitor: Monitor) -> None:
    files = monitor.take_baseline(ROWS)
    assert monitor.run(monitor.environment(ROWS, **files)).returncode == 0
    assert monitor.json("constraint_violations.json") == {"violations": []}


def test_bad_data_ends_the_job_with_one_line_of_reason_and_no_reports(monitor: Monitor) -> None:
    result = monitor.run(monitor.environment("1,2\n3\n"))
    reason = "ClientError: data.csv:2 must have 2 columns, got: 1"
    assert result.returncode == 1
    assert (monitor.ml / "output" / "failure").read_text() == reason
    assert result.stderr == f"error: {reason}\n"
    assert not monitor.output.exists()
    assert names(monitor.ml / "output") == ["failure"]


def test_a_bad_baseline_ends_the_job_before_anything_is_written(monitor: Monitor) -> None:
    (monitor.root / "constraints.json").write_text("[]")
    result = monitor.run(monitor.environment(ROWS, baseline_constraints=monitor.root / "constraints.json"))
    assert result.returncode == 1
    assert (monitor.ml / "output" / "failure").read_text() == (
        "ClientError: constraints.json must be an object, got: []"
    )
    assert not monitor.output.exists()


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        write_whole(tmp_path / "statistics.json", "{}")
    assert names(tmp_path) == []


def test_a_mistake_of_the_program_itself_is_an_algorithm_error_with_its_stack_in_the_log(monitor: Monitor) -> None:
    (monitor.output / "statistics.json").mkdir(parents=True)
    result = monitor.run(monitor.environment(ROWS))
    assert result.returncode == 1
    assert (monitor.ml / "output" / "failure").read_text().startswith("AlgorithmError: IsADirectoryError: ")
    assert "Traceback" in result.stderr
    assert names(monitor.output) == ["statistics.json"]


def test_arguments_are_answered_with_how_to_call_it(monitor: Monitor) -> None:
    result = subprocess.run(
        [*monitor.run({}).args, "now"],
        env={"PYTHONPATH": str(Path(__file__).parents[3] / "emulator" / "containers")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("usage: python -m model_monitor")


def test_a_job_does_not_wait_for_large_libraries(monitor: Monitor) -> None:
    files = monitor.take_baseline(ROWS)
    result = monitor.run(monitor.environment(ROWS, **files), ["-X", "importtime"])
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "model_monitor.data_quality" in imported
    assert not imported & {"pandas", "scipy", "sklearn"}
