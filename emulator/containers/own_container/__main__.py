"""Behind an endpoint, or for a batch: `python -m own_container serve FOLDER`, `transform FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from own_container.batches import BatchError, transform
from own_container.program import ServingError
from own_container.relay import serve

USAGE = "usage: python -m own_container {serve,transform} FOLDER"


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0, 1 where it failed, which the last line of the log tells, 2 where it was called wrongly."""
    ways = {"serve": serve, "transform": transform}
    if len(arguments) != 2 or arguments[0] not in ways:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        ways[arguments[0]](Path(arguments[1]))
    except (BatchError, ServingError) as error:
        print(error, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
