"""
A training job with a script: a process in /opt/ml/code, with the hyperparameters as its arguments.
https://github.com/aws/sagemaker-training-toolkit/blob/master/src/sagemaker_training/entry_point.py
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from script_mode.code import PIP_HERE, bring_code
from script_mode.container import ScriptError, code_folder, is_xgboost, ml_root
from script_mode.environment import variables_of
from script_mode.hyperparameters import arguments_of, hyperparameters_of

_POSSIBLE = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._+-]*(/[A-Za-z0-9._+-]+)*")
_OWN_VARIABLES = ("FRAMEWORK", "IMAGE_VERSION")


def train() -> int:
    """The job's exit code; why it failed is in output/failure, unless the script has said so there."""
    try:
        _run()
    except ScriptError as error:
        return _fail(str(error))
    except Exception as error:
        return _fail(f"Framework Error: \n{traceback.format_exc()}\n{error}")
    print("Reporting training SUCCESS", flush=True)
    return 0


def _run() -> None:
    hyperparameters = hyperparameters_of(_configuration("hyperparameters"))
    program = os.environ.get("SAGEMAKER_PROGRAM") or hyperparameters.own.get("sagemaker_program") or ""
    _require_possible(program)
    bring_code(hyperparameters.own.get("sagemaker_submit_directory"))
    variables = variables_of(
        hyperparameters, program, _configuration("resourceconfig"), _configuration("inputdataconfig")
    )
    command = command_of(program, arguments_of(hyperparameters.user), code_folder())
    print(f"Invoking script with the following command:\n\n{shlex.join(command)}\n", flush=True)
    own = {name: value for name, value in os.environ.items() if name not in _OWN_VARIABLES}
    found = os.pathsep.join([str(code_folder()), PIP_HERE])
    done = subprocess.run(command, cwd=code_folder(), env={**own, **variables, "PYTHONPATH": found}, check=False)
    if done.returncode:
        code = done.returncode if done.returncode > 0 else 128 - done.returncode
        raise ScriptError(f'ExecuteUserScriptError:\nExitCode {code}\nErrorMessage ""\nCommand "{" ".join(command)}"')


def command_of(program: str, arguments: Sequence[str], code: Path) -> list[str]:
    """
    A shell script runs in a shell, a script of Python's by its file, and one beside a `setup.py` as a module. XGBoost's
    image runs every script as a module.
    """
    module = [sys.executable, "-m", program.removesuffix(".py"), *arguments]
    if is_xgboost():
        return module
    if program.endswith(".sh") or not (program.endswith(".py") or (code / "setup.py").exists()):
        (code / program).chmod(0o755)
        return ["/bin/sh", "-c", f"./{shlex.quote(program)} {shlex.join(arguments)}"]
    if (code / "setup.py").exists():
        print("Note: on this machine setup.py is not run; its modules are found in the folder", flush=True)
        return module
    return [sys.executable, program, *arguments]


def _require_possible(program: str) -> None:
    if not _POSSIBLE.fullmatch(program) or any(part in (".", "..") for part in program.split("/")):
        raise ScriptError(
            f"The training entry point {program!r} cannot be used: sagemaker_program must be a path inside the source "
            "directory, of letters, digits and . _ + - /"
        )


def _configuration(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((ml_root() / "input/config" / f"{name}.json").read_text())
    return content


def _fail(reason: str) -> int:
    failure = ml_root() / "output/failure"
    failure.parent.mkdir(parents=True, exist_ok=True)
    if not failure.exists():
        failure.write_text(reason)
    print(f"Reporting training FAILURE\n{reason}", file=sys.stderr, flush=True)
    return 1
