"""
A copy of a whole local AWS, with all its state, in a process of its own: `POST /mlops-local/Fork` answers
`{"port": 41235, "pid": 4711}`, with what the copy answers at and its process. `elsewhere` says at which addresses the
copy finds what stands on the Internet, by origin, in addition to what it knows. From then on neither sees what the
other does. The copy ends with the local AWS that it is of, or by SIGTERM. What is not state is not copied: open
connections, long polls, deliveries that wait to be tried again, programs that serve endpoints, which begin when needed,
executions of state machines and delivery pipelines, launches of products and projects, and what stacks were in the
middle of, which are ended there, and the worker, which has to register anew.
"""

import json
import os
import threading
from collections.abc import Callable
from typing import NoReturn

from moto.moto_api._internal import mock_random
from moto.sqs.models import sqs_backends

from .cloudformation import abandon_stacks
from .codepipeline import abandon_deliveries
from .control_plane.api import Action, Body
from .sagemaker.projects import abandon as abandon_projects
from .servicecatalog import abandon_launches
from .states import abandon_executions
from .wsgi.serial import STATE_LOCK


def forking(serve: Callable[[], object]) -> Action:
    """
    Fork. Only within a request: it holds the state's lock, so that no other is changing it.

    serve: serves for as long as standard input is open, and says on standard output where, in one line of JSON
    """

    def fork(body: Body) -> dict[str, int]:
        elsewhere = body.get("elsewhere") or {}
        alive, _kept_open = os.pipe()
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            known = json.loads(os.environ.get("MLOPS_ELSEWHERE", "{}"))
            os.environ["MLOPS_ELSEWHERE"] = json.dumps({**known, **elsewhere})
            _serve_apart(serve, alive, tell)
        os.close(alive)
        os.close(tell)
        with open(told) as answer:
            return {"port": json.loads(answer.readline())["port"], "pid": pid}

    return fork


def _serve_apart(serve: Callable[[], object], standard_input: int, standard_output: int) -> NoReturn:
    try:
        os.dup2(standard_input, 0)
        os.dup2(standard_output, 1)
        _let_go_of_files()
        STATE_LOCK.release()
        _free_queues()
        abandon_executions()
        abandon_deliveries()
        abandon_launches()
        abandon_projects()
        abandon_stacks()
        mock_random.seed()
        serve()
    finally:
        os._exit(1)


def _let_go_of_files() -> None:
    """
    Of the sockets above all, which stay open for their clients as long as anybody has them. Each gives way to one of
    nothing, which keeps its number: what closes it late, in the name of the past, then closes no file of today.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/dev/fd")):
        if number not in (0, 1, 2, nothing):
            os.dup2(nothing, number)


def _free_queues() -> None:
    """A long poll, which takes no turn, may have held a queue's lock; its thread is not here to give it back."""
    for regions in sqs_backends.values():
        for backend in regions.values():
            for queue in backend.queues.values():
                queue._messages_lock = threading.Condition()
