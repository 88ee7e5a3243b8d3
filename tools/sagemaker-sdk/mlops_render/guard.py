"""
Keeps a pipeline's code to what its definition may depend on: its folder, the packages, and the context.

Python's audit hooks see what the interpreter does, not what compiled code does by itself: this tells honest code what
it does wrong, and holds nobody who wants out. https://peps.python.org/pep-0578/
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .refusals import refuse

_network = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}
_programs = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"}
_changes = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.symlink", "os.link", "os.chmod"}
_writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Places:
    """Folders, without links in their paths."""

    repository: str
    """In it, only what is also in one of the others may be read."""
    readable: tuple[str, ...]
    writable: tuple[str, ...]


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def _path_of(value: Any) -> str | None:
    """The file behind what `open` was given; none for a descriptor that is open already."""
    if not isinstance(value, (str, bytes, os.PathLike)):
        return None
    path = os.fsdecode(value)
    return os.path.realpath(path) if path != os.devnull else None


def keep_to(places: Places) -> None:
    """From now on; there is no way back."""

    def opened(value: Any, mode: str | None, flags: int) -> None:
        path = _path_of(value)
        if path is None:
            return
        writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(flags & _writing)
        if writes and not _within(path, places.writable):
            raise refuse(f"it writes {path}; write to a folder of tempfile's")
        if _within(path, (places.repository,)) and not _within(path, places.readable + places.writable):
            raise refuse(f"it reads {os.path.relpath(path, places.repository)}, which is outside of the model's folder")

    def changed(path: Any, *more: Any) -> None:
        # Relative to a folder that is open already, as when a temporary one is removed.
        if more and isinstance(more[-1], int) and more[-1] >= 0 and not os.path.isabs(os.fsdecode(path)):
            return
        real = _path_of(path)
        if real is not None and not _within(real, places.writable):
            raise refuse(f"it changes {real}; write to a folder of tempfile's")

    handlers: dict[str, Callable[..., None]] = {"open": opened, **dict.fromkeys(_changes, changed)}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in handlers:
            handlers[event](*arguments)
        elif event in _network:
            raise refuse(
                f"it reaches for the network ({_told(arguments)}); what it wants to know belongs in its folder"
            )
        elif event in _programs:
            raise refuse(f"it starts a program ({event})")

    sys.addaudithook(hook)


def _told(arguments: tuple[Any, ...]) -> str:
    """The address among the arguments of an event of a socket."""
    for argument in arguments:
        if isinstance(argument, tuple):
            return ":".join(str(part) for part in argument[:2])
    return ":".join(str(argument) for argument in arguments[:2] if isinstance(argument, (str, int)))
