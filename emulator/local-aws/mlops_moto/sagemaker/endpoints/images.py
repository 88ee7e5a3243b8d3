"""
What serves, by image: what stands in for AWS's, or the programs that a model brings for a repository of an account's
own (`emulator/runner/jobs/own-container.ts` finds them alike), as in a container: with the model at /opt/ml and, where
it is isolated, with no network but a loopback of its own, where this machine has such to give.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..image_digests import name_of

_EMULATOR = Path(__file__).parents[4]
_CONTAINERS = _EMULATOR / "containers"
_JOBS = _EMULATOR / "runner" / "jobs"
_MODELS = _EMULATOR.parent / "pipelines"
_OF_AWS = {"sagemaker-xgboost": "xgboost_image"}
"""Modules that stand in for AWS's images, by repository."""

_FRAMEWORKS = ("sagemaker-scikit-learn", "sagemaker-xgboost")
"""Repositories of AWS's images that serve with a model's module, which SAGEMAKER_PROGRAM names."""


class NoProgramError(Exception):
    """Local AWS does not have what the image would run."""


@dataclass(frozen=True)
class Image:
    """`isolated`: whether its containers reach nothing over a network."""

    uri: str
    isolated: bool


@dataclass(frozen=True)
class ServingProgram:
    command: Sequence[str]
    environment: Mapping[str, str]


def serving_program(image: Image, folder: Path, has_script: bool = False) -> ServingProgram:
    """
    Answers at the socket SERVING_SOCKET. The folder is to be its /opt/ml.

    raises NoProgramError
    """
    repository, _, tag = name_of(image.uri).partition(":")
    if has_script and repository in _FRAMEWORKS:
        return _own_program(image, folder, _CONTAINERS / "script_mode" / "image", {"FRAMEWORK": repository})
    module = _OF_AWS.get(repository)
    if module:
        version = {"IMAGE_VERSION": tag.removesuffix("-cpu-py3")}
        return ServingProgram([sys.executable, "-m", module, "serve"], {**_common(), **version, "ML_ROOT": str(folder)})
    own = own_container(repository)
    if own is None:
        raise NoProgramError(f"Local AWS has no serving program for the image {image.uri}")
    return _own_program(image, folder, own)


def _own_program(image: Image, folder: Path, programs: Path, more: Mapping[str, str] | None = None) -> ServingProgram:
    """The `serve` of a folder, as in a container."""
    within = _within(image.isolated)
    moved = {} if within else {"ML_ROOT": str(folder)}
    command = [*(part.format(folder) for part in within), sys.executable, "-m", "own_container", "serve", str(programs)]
    return ServingProgram(command, {**_common(), **moved, **(more or {})})


def _common() -> Mapping[str, str]:
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    return {"PATH": path, "PYTHONPATH": str(_CONTAINERS)}


def own_container(repository: str) -> Path | None:
    """The folder of the programs that a model brings for the repository called after it."""
    found = [
        each for each in _MODELS.iterdir() if repository.endswith(f"-{each.name}") and (each / "container").is_dir()
    ]
    return max(found, key=lambda each: len(each.name)) / "container" if found else None


def _within(isolated: bool) -> Sequence[str]:
    """How to run with a folder, for which `{}` stands, at /opt/ml; nothing where this machine has no namespaces."""
    for network in [True, False] if isolated else [False]:
        command = _namespaces(network)
        if _are_there(network):
            return command
    return []


def _namespaces(network: bool) -> list[str]:
    loopback = ["python3", "-IS", str(_JOBS / "loopback.py")] if network else []
    apart = ["unshare", "--user", "--map-root-user", "--mount", *(["--net"] if network else [])]
    return [*apart, "sh", str(_JOBS / "enter-opt-ml.sh"), "{}", *loopback]


@cache
def _are_there(network: bool) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        command = [part.format(folder) for part in _namespaces(network)]
        try:
            return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        except OSError:
            return False
