"""Trains with a script, or serves with one: `python -m script_mode train`, `serve`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

USAGE = "usage: python -m script_mode {train,serve}"


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0, 1 where it failed, which its log tells, 2 where it was called wrongly."""
    if list(arguments) == ["train"]:
        from script_mode.training import train

        return train()
    if list(arguments) == ["serve"]:
        from script_mode.serving import serve

        return serve()
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
