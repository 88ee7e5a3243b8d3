"""What the commands of this package have alike: arguments, what a failure is, exit codes.

0: done. 1: AWS, or the model, says no. 2: what was given is wrong, and a person has to put it right.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError


class InputError(Exception):
    """What a person has to put right before this can work. Says everything that is wrong, a line each."""


class RunError(Exception):
    """What was tried and did not succeed, with the true reason."""


def parser(description: str | None) -> argparse.ArgumentParser:
    """@param description: the module's text, of which the first line counts"""
    made = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    made.add_argument(
        "--as-me", action="store_true", help="with the credentials of whoever calls, instead of the CI role's"
    )
    return made


def run(main: Callable[[], None]) -> None:
    """Runs a command, and ends the process with its exit code."""
    try:
        main()
    except InputError as error:
        _say(error)
        sys.exit(2)
    except (RunError, ClientError, BotoCoreError) as error:
        _say(error)
        sys.exit(1)


def _say(error: Exception) -> None:
    sys.stdout.flush()  # what was said before stands before it in a CI server's log
    print(f"error: {error}", file=sys.stderr)
