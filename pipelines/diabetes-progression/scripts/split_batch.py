"""Takes a batch apart: the model takes features alone, and who they are of is put back to what it predicts.

Runs in SageMaker's scikit-learn image as a Processing job (`Diabetes-SplitBatch`). Reads the one CSV file below
`<root>/input/batch` (header: id and ten features), writes `<root>/features/features.csv`, headerless.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from rows import FEATURES, DataError, csv_files, read_table, write_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    arguments = parser.parse_args()
    folder = arguments.root / "input" / "batch"
    try:
        files = csv_files(folder)
        if len(files) > 1:
            raise DataError(f"{folder}: a batch is one file, got {', '.join(path.name for path in files)}")
        batch = read_table(files[0], FEATURES)
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    write_table(batch[FEATURES], arguments.root / "features" / "features.csv", header=False)
    print(f"{files[0].name}: {len(batch)} rows")


if __name__ == "__main__":
    main()
