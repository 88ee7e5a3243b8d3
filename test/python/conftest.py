"""What a run of pytest comes to, for `npm test`, which counts over all tiers: Jest's report, as far as it is read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    file = os.environ.get("MLOPS_TEST_REPORT")
    if file:
        counts = {outcome: len(reports) for outcome, reports in terminalreporter.stats.items()}
        report = {
            "numPassedTests": counts.get("passed", 0),
            "numFailedTests": counts.get("failed", 0),
            "numPendingTests": counts.get("skipped", 0),
            "numRuntimeErrorTestSuites": counts.get("error", 0),
        }
        Path(file).write_text(json.dumps(report))
