"""How a script is called, and what becomes of its failures."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

Trained = Callable[..., int]


@pytest.mark.parametrize(
    ("framework", "program", "files", "printed"),
    [
        ("scikit-learn", "t.py", {"t.py": "import beside, sys; print(beside.X, sys.argv)"}, "1 ['t.py', '-k', '2']"),
        ("scikit-learn", "in/t.py", {"in/t.py": "import beside, sys; print(beside.X)"}, "1"),
        ("scikit-learn", "t.sh", {"t.sh": 'echo "$SM_HP_K" "$*"; python3 beside.py'}, "2 -k 2"),
        ("scikit-learn", "t.py", {"t.py": "print(__spec__.name)", "setup.py": ""}, "t"),
        ("xgboost", "t.py", {"t.py": "import beside, sys; print(beside.X, __spec__ is not None)"}, "1 True"),
    ],
)
def test_a_script_runs_in_its_folder(
    trained: Trained,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    framework: str,
    program: str,
    files: dict[str, str],
    printed: str,
) -> None:
    monkeypatch.setenv("FRAMEWORK", f"sagemaker-{framework}")
    for name, text in {"beside.py": "X = 1", **files}.items():
        (root / "code" / name).parent.mkdir(exist_ok=True)
        (root / "code" / name).write_text(text)
    assert trained(sagemaker_program=program, k="2") == 0
    assert printed in capfd.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("raise SystemExit(3)", r'ExecuteUserScriptError:\nExitCode 3\nErrorMessage ""\nCommand "\S+ t.py -k 2"'),
        ("import os; os.kill(os.getpid(), 9)", r"ExecuteUserScriptError:\nExitCode 137\n.*"),
        (
            "import os; open(os.environ['SM_OUTPUT_DIR'] + '/failure', 'w').write('mine'); raise SystemExit(1)",
            "mine",
        ),
    ],
)
def test_a_script_that_fails_is_told_of_unless_it_told_so_itself(
    trained: Trained, root: Path, text: str, failure: str
) -> None:
    (root / "code" / "t.py").write_text(text)
    (root / "output").mkdir()
    assert trained(sagemaker_program="t.py", k="2") == 1
    assert re.fullmatch(failure, (root / "output/failure").read_text(), re.DOTALL)


@pytest.mark.parametrize("program", ["", "../t.py", "/t.py", "-c", "a b.py", "a/./t.py"])
def test_a_program_that_leads_out_of_its_folder_is_refused(trained: Trained, root: Path, program: str) -> None:
    assert trained(sagemaker_program=program) == 1
    assert "sagemaker_program must be a path inside" in (root / "output/failure").read_text()


def test_code_comes_as_an_archive_in_a_channel_or_as_it_was_brought(
    trained: Trained, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for folder in ("input/data/code", "submitted"):
        (root / folder).mkdir(parents=True)
        with tarfile.open(root / folder / "sourcedir.tar.gz", "w:gz") as tar:
            text = f"print('from {folder}')".encode()
            entry = tarfile.TarInfo("t.py")
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    for submitted in ("/opt/ml/input/data/code/sourcedir.tar.gz", "s3://b/sourcedir.tar.gz"):
        assert trained(sagemaker_program="t.py", sagemaker_submit_directory=submitted) == 0
    printed = capfd.readouterr().out.splitlines()
    assert [line for line in printed if line.startswith("from")] == ["from input/data/code", "from submitted"]


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_code_that_is_not_there_or_no_archive_fails(trained: Trained, root: Path, content: bytes | None) -> None:
    if content is not None:
        (root / "code.tar.gz").write_bytes(content)
    assert trained(sagemaker_program="t.py", sagemaker_submit_directory="/opt/ml/code.tar.gz") == 1
    assert re.match("there is no code at|the code in code.tar.gz cannot", (root / "output/failure").read_text())


def test_requirements_are_satisfied_by_what_is_there_or_fail_by_name(
    trained: Trained, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / "code" / "t.py").write_text("")
    (root / "code" / "requirements.txt").write_text("numpy\nxgboost>=1\nlightgbm==4.0\n")
    assert trained(sagemaker_program="t.py") == 1
    assert (root / "output/failure").read_text().startswith("InstallRequirementsError: ExitCode 1: ")
    told = capfd.readouterr().err
    assert "requirements.txt:3: lightgbm==4.0 is not on this machine" in told
    (root / "code" / "requirements.txt").write_text("numpy\n")
    assert trained(sagemaker_program="t.py") == 0
