"""`pip` in jobs: what is there satisfies, what is not is told, and nothing is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

HERE = Path(__file__).parents[3] / "emulator/containers/pip_here"


def pip(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", *arguments]
    return subprocess.run(command, cwd=cwd, env={"PYTHONPATH": str(HERE)}, capture_output=True, text=True, check=False)


def test_a_file_asks_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("scipy<1\n")
    (tmp_path / "requirements.txt").write_text(
        "# a comment\nnumpy>=1 # why\n--index-url https://somewhere\n-r more.txt\n"
        "pandas==1.0 \\\n    --hash=sha256:00\nnothing; python_version < '3'\n./here\ngit+https://somewhere/x.git\n"
    )
    done = pip("install", "--quiet", "-r", "requirements.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == f"Requirement already satisfied: numpy>=1 ({version('numpy')})\n"
    assert done.stderr.splitlines() == [
        f"ERROR: more.txt:1: scipy<1 is wanted, and this machine, which installs nothing, has {version('scipy')}",
        f"ERROR: requirements.txt:5: pandas==1.0 is wanted, and this machine, which installs nothing, has "
        f"{version('pandas')}",
        "ERROR: requirements.txt:8: nothing is installed on this machine, got: ./here",
        "ERROR: requirements.txt:9: nothing is installed on this machine, got: git+https://somewhere/x.git",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["install", "-U", "numpy", "xgboost"], 0),
        (["install", "--index-url", "https://somewhere", "numpy"], 0),
        (["install", "numpy==0.1"], 1),
        (["install", "-r", "none.txt"], 1),
        (["install", "."], 1),
        (["install", "-e", "numpy"], 1),
        (["uninstall", "--yes", "numpy"], 0),
        (["download", "numpy"], 2),
    ],
)
def test_a_command_ends_as_what_it_asks_for_is_there(tmp_path: Path, arguments: list[str], code: int) -> None:
    assert pip(*arguments, cwd=tmp_path).returncode == code
