"""Counts which share of the scores is positive."""

import json
from pathlib import Path

scores = [
    float(line) for file in Path("/opt/ml/processing/scores").glob("*.out") for line in file.read_text().splitlines()
]
share = sum(score > 0.5 for score in scores) / len(scores)
report = {"shares": [{"positive": share, "rows": len(scores)}]}
Path("/opt/ml/processing/report/report.json").write_text(json.dumps(report))
