"""
Behind an endpoint: the socket SERVING_SOCKET, in the file system, leads to the port that `serve` has in a network of
its own, which nobody outside reaches.
"""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

from own_container.program import ServingError, serving


def serve(folder: Path) -> None:
    """
    Until `serve` ends.

    raises ServingError: always, for it is not to end
    """
    with serving(folder) as program:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(os.environ["SERVING_SOCKET"])
        listener.listen(128)
        threading.Thread(target=_accept, args=(listener, program.port), daemon=True).start()
        code = program.process.wait()
        raise ServingError(f"serve ended with {code}")


def _accept(listener: socket.socket, port: int) -> None:
    while True:
        caller, _ = listener.accept()
        threading.Thread(target=_relay, args=(caller, port), daemon=True).start()


def _relay(caller: socket.socket, port: int) -> None:
    """Closes at once where nobody listens yet."""
    with caller:
        try:
            with socket.create_connection(("127.0.0.1", port)) as program:
                sending = threading.Thread(target=_pump, args=(caller, program), daemon=True)
                sending.start()
                _pump(program, caller)
        except OSError:
            return


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while block := source.recv(65536):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
