"""
The code that was handed in. A container of AWS's downloads it from S3 itself; here whoever starts it has brought it, as
the role that AWS's would have.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from script_mode.container import ScriptError, code_folder, ml_root

PIP_HERE = str(Path(__file__).parents[1] / "pip_here")
"""On Python's path, the folder of what stands for pip."""


def bring_code(submitted: str | None) -> None:
    """
    Puts it in /opt/ml/code, and sees to its requirements.

    submitted: where it lies: an S3 URI, a folder of the container's, or an archive there; None where it has been put
    raises ScriptError: where it is not there, or asks for a package that is not here
    """
    code = code_folder()
    code.mkdir(parents=True, exist_ok=True)
    if submitted is not None:
        source = _brought() if submitted.startswith("s3://") else _of_this_machine(submitted)
        if source.is_dir() and source.resolve() != code.resolve():
            shutil.copytree(source, code, dirs_exist_ok=True)
        elif not source.is_dir():
            _unpack(source, code)
    if (code / "requirements.txt").exists():
        _require(code)


def _brought() -> Path:
    found = list((ml_root() / "submitted").glob("*"))
    if len(found) != 1:
        raise ScriptError("the code that was submitted was not brought")
    return found[0]


def _of_this_machine(path: str) -> Path:
    """ML_ROOT may be elsewhere than /opt/ml."""
    source = ml_root() / path.removeprefix("/opt/ml/") if path.startswith("/opt/ml/") else Path(path)
    if not source.exists():
        raise ScriptError(f"there is no code at {path}")
    return source


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        raise ScriptError(f"the code in {archive.name} cannot be unpacked: {error}") from error


def _require(code: Path) -> None:
    """As the toolkit does; `pip` is what stands for it here."""
    command = [sys.executable, "-m", "pip", "install", "-r", "requirements.txt"]
    done = subprocess.run(command, cwd=code, env={**os.environ, "PYTHONPATH": PIP_HERE}, check=False)
    if done.returncode:
        raise ScriptError(
            f"InstallRequirementsError: ExitCode {done.returncode}: requirements.txt asks for what is not here, as the "
            f'log tells, and nothing is installed on this machine. Command "{" ".join(command)}"'
        )
