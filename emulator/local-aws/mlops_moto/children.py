"""Programs that local AWS starts, each in a process of its own that ends with it, with all that it has started."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_WITH_PARENT = Path(__file__).parents[2] / "runner" / "jobs" / "with-parent.sh"


@dataclass(frozen=True)
class Child:
    process: "subprocess.Popen[bytes]"
    keep_open: int
    """A file descriptor: to close it ends the program."""


def start(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], printed: IO[str]) -> Child:
    """
    environment: all of it
    printed: gets what it says
    """
    told, keep_open = os.pipe()
    try:
        process = subprocess.Popen(
            ["sh", "-c", 'exec sh "$0" "$@" 3<&0 </dev/null', str(_WITH_PARENT), *command],
            cwd=cwd,
            env=dict(environment),
            stdin=told,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except BaseException:
        os.close(keep_open)
        raise
    finally:
        os.close(told)
    return Child(process, keep_open)


def run(
    command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], output: Path, seconds: int
) -> tuple[str, bool]:
    """
    output: file to write to
    returns what it printed, and whether it ran out of time
    """
    with output.open("w+") as printed:
        child = start(command, cwd=cwd, environment=environment, printed=printed)
        try:
            child.process.wait(seconds)
            timed_out = False
        except subprocess.TimeoutExpired:
            timed_out = True
        finally:
            os.close(child.keep_open)
        child.process.wait()
        printed.seek(0)
        return printed.read(), timed_out
