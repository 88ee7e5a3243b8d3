"""
Waits and the pauses between tries take a sixtieth of their time, as everywhere on local AWS; how long a task may take
does not change. moto (5.2.5) takes all of it.
"""

import time
from types import SimpleNamespace

from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval.environment import Environment

from ..patching import replace

_SHARE = 1 / 60


def install() -> None:
    replace(WaitFunction, "_wait_interval", _wait)
    vars(retrier_decl)["time"] = SimpleNamespace(sleep=lambda seconds: time.sleep(seconds * _SHARE))


def _wait(_function: WaitFunction, env: Environment, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds * _SHARE
    while env.is_running() and (left := deadline - time.monotonic()) > 0:
        env.program_state_event.wait(left)
