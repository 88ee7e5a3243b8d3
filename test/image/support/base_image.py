"""
A base image in place of a registry's, which may not be reached: a shell, pip, and the programs and libraries of this
machine that Python loads. Python's own modules, and the packages that an image pins, are this machine's too; they are
mounted, for they are much and would be in each image.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.metadata import files as files_of
from importlib.util import cache_from_source
from pathlib import Path

_STANDARD = Path(sysconfig.get_path("stdlib"))
_PROGRAMS = ("cp", "env", "mkdir")
"""Beside the shell, what the sample's build runs in an image."""

_LOADED = re.compile(r"(?:=> |^\s+)(/\S+) \(0x", re.MULTILINE)


def write_base(root: Path, packages: Path) -> None:
    """root: of the image. packages: a folder of `link_packages`."""
    python = Path(sys.executable).resolve()
    for path in ("etc", "opt", "root", "tmp", "usr/bin"):
        (root / path).mkdir(parents=True)
    (root / "etc/passwd").write_text("root:x:0:0::/root:/bin/sh\n")
    programs = (python, *(Path("/usr/bin") / name for name in _PROGRAMS), Path("/bin/sh"))
    for path in (*programs, *_libraries(*programs, *_STANDARD.glob("lib-dynload/*.so"), *packages.rglob("*.so*"))):
        if not path.is_relative_to(packages):
            _within(root, path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, _within(root, path))
    for name in ("python", "python3"):
        (root / "usr/bin" / name).unlink(missing_ok=True)
        (root / "usr/bin" / name).symlink_to(python)
    _write_pip(root)


def link_packages(requirements: Path, folder: Path) -> None:
    """
    Those that are pinned, and no other, so that what is not pinned is not found.

    raises ValueError: where the environment has another version
    """
    here = Path(sysconfig.get_path("purelib"))
    for name, wanted in re.findall(r"^([\w.-]+)==(\S+)", requirements.read_text(), re.MULTILINE):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "none"
        if found != wanted:
            raise ValueError(f"{requirements} pins {name} {wanted}, and the tests' environment has {found}")
        for file in files_of(name) or []:
            if ".." not in file.parts and (here / file).exists():
                _link(here / file, folder / file)
                compiled = Path(cache_from_source(str(here / file)) if file.suffix == ".py" else "none")
                if compiled.exists():
                    _link(compiled, folder / file.parent / "__pycache__" / compiled.name)


def _link(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, to)
    except OSError:  # another file system
        shutil.copy2(file, to)


def mounts(packages: Path) -> Mapping[Path, Path]:
    """Folders of this machine by where the image has them."""
    base = {"base": sys.base_prefix, "platbase": sys.base_prefix}
    return {_STANDARD: _STANDARD, Path(sysconfig.get_path("purelib", vars=base)): packages}


def _libraries(*programs: Path) -> Iterator[Path]:
    told = subprocess.run(["ldd", *map(str, programs)], capture_output=True, text=True).stdout
    return map(Path, set(_LOADED.findall(told)))


def _write_pip(root: Path) -> None:
    """As Python brings it, or Debian in its place."""
    folders = (_STANDARD / "ensurepip/_bundled", Path("/usr/share/python-wheels"))
    wheel = next(found for folder in folders for found in folder.glob("pip-*.whl"))
    shutil.copy2(wheel, root / "opt/pip.whl")
    pip = root / "usr/bin/pip"
    settings = "PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INDEX=1 PIP_ROOT_USER_ACTION=ignore PYTHONPATH=/opt/pip.whl"
    pip.write_text(f'#!/bin/sh\n{settings} exec python3 -m pip "$@"\n')
    pip.chmod(0o755)


def _within(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")
