"""Writes rows to train on and rows to score. The first feature decides; the colour says how many are positive."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

POSITIVE_TENTHS = {"red": 6, "blue": 2}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    rows = range(parser.parse_args().rows)
    tenths = POSITIVE_TENTHS[os.environ["COLOUR"]]
    train = (f"{int(row % 10 < tenths)},{row % 10},{row % 7}" for row in rows)
    batch = (f"{row % 10},{row % 7}" for row in rows)
    Path("/opt/ml/processing/train/rows.csv").write_text("\n".join(train) + "\n")
    Path("/opt/ml/processing/batch/rows.csv").write_text("\n".join(batch) + "\n")


if __name__ == "__main__":
    main()
