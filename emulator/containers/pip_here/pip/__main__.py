"""`pip install [-r FILE] [REQUIREMENT]…`, as far as it can be done without installing anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pip.requirements import Asked, asked_in, problem_of

_WITH_VALUE = (
    *("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-c", "--constraint"),
    *("--trusted-host", "--progress-bar", "--root-user-action", "--timeout", "--retries", "--upgrade-strategy"),
)
"""Options that say how to install."""


def main(arguments: Sequence[str]) -> int:
    """0 where everything is there, 1 where something is not, 2 for a command that is not here."""
    command, *rest = arguments or [""]
    if command == "uninstall":
        print("Nothing is uninstalled on this machine")
        return 0
    if command != "install":
        print(f"pip {command}: on this machine pip has install alone, which installs nothing", file=sys.stderr)
        return 2
    problems = [problem for asked in _asked(rest) if (problem := problem_of(asked))]
    for problem in problems:
        print(f"ERROR: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _asked(arguments: Sequence[str]) -> list[Asked]:
    parser = argparse.ArgumentParser(prog="pip install", add_help=False, allow_abbrev=False)
    parser.add_argument("-r", "--requirement", action="append", default=[], dest="files")
    parser.add_argument("-e", "--editable", action="append", default=[])
    for option in _WITH_VALUE:
        parser.add_argument(option, action="append")
    given, others = parser.parse_known_args(list(arguments))
    named = [each for each in others if not each.startswith("-")] + [f"-e {each}" for each in given.editable]
    return [*(Asked(each, "") for each in named), *(asked for file in given.files for asked in asked_in(Path(file)))]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
