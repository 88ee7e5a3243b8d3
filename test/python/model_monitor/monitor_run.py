"""Monitoring jobs: their environment, and what they wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_monitor.analysis import analyze
from model_monitor.reports import Reports, write_reports
from model_monitor.settings import read_settings

CONTAINERS = Path(__file__).parents[3] / "emulator" / "containers"
CSV_FORMAT = '{"csv": {"header": %s, "output_columns_position": "START"}}'


@dataclass(frozen=True)
class Monitor:
    root: Path

    def environment(self, data: str | Path, *, header: bool = False, **variables: str | Path) -> dict[str, str]:
        """The variables of a job over a CSV text, or over a file or folder."""
        return {
            "dataset_source": str(data if isinstance(data, Path) else self.write("data/data.csv", data)),
            "dataset_format": CSV_FORMAT % json.dumps(header),
            "output_path": str(self.output),
            "publish_cloudwatch_metrics": "Disabled",
            **{name: str(value) for name, value in variables.items()},
        }

    def analyze(self, data: str | Path, *, header: bool = False, **variables: str | Path) -> Reports:
        return analyze(read_settings(self.environment(data, header=header, **variables)))

    def take_baseline(self, data: str | Path, *, header: bool = False, **variables: str | Path) -> dict[str, Path]:
        """Takes a baseline; its files' variables."""
        environment = self.environment(data, header=header, **variables, output_path=self.root / "baseline")
        settings = read_settings(environment)
        write_reports(settings, analyze(settings))
        names = ("statistics", "constraints")
        return {f"baseline_{name}": self.root / "baseline" / f"{name}.json" for name in names}

    def check(self, baseline: str | Path, current: str | Path, **changes: Any) -> list[tuple[str, str]]:
        """Columns and kinds of the violations that a data set has of another's baseline."""
        return [
            (found["feature_name"], found["constraint_check_type"]) for found in self.full(baseline, current, changes)
        ]

    def full(self, baseline: str | Path, current: str | Path, config: dict[str, Any]) -> list[dict[str, Any]]:
        """The violations, with the baseline's monitoring_config changed."""
        files = self.take_baseline(baseline)
        if config:
            path = files["baseline_constraints"]
            content = json.loads(path.read_text())
            distribution = config.pop("distribution_constraints", {})
            content["monitoring_config"].update(config)
            content["monitoring_config"]["distribution_constraints"].update(distribution)
            path.write_text(json.dumps(content))
        return self.analyze(current, **files).violations or []

    def run(self, environment: dict[str, str], arguments: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """The job as the process that it is."""
        inherited = {**os.environ, "PYTHONPATH": str(CONTAINERS), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *arguments, "-m", "model_monitor"],
            env={**inherited, "ML_ROOT": str(self.ml), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def write(self, path: str, text: str) -> Path:
        """Writes a file; the folder that it is in."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file.parent

    def json(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.output / name).read_text())
        return content

    @property
    def ml(self) -> Path:
        return self.root / "ml"

    @property
    def output(self) -> Path:
        return self.root / "output"


def column_of(*cells: object) -> str:
    """CSV of one column. A second one without a name keeps rows whose cell is empty from being blank lines."""
    return "".join(f"{cell},x\n" for cell in cells)
