"""A process that sees a container's file system where it matters: its own folder as /opt/ml, put there by the script
that puts the runner's jobs there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EMULATOR = Path(__file__).parents[3] / "emulator"
CONTAINERS = EMULATOR / "containers"

# What the Dockerfiles of both images set for Python.
IMAGE_ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONIOENCODING": "UTF-8",
    "PYTHONUNBUFFERED": "1",
}

# As emulator/runner/jobs/container.ts calls it.
ENTER = ["unshare", "--user", "--map-root-user", "--mount", "sh", str(EMULATOR / "runner" / "jobs" / "enter-opt-ml.sh")]


def why_there_are_no_namespaces(folder: Path) -> str | None:
    """None where this machine gives them."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    attempt = subprocess.run([*ENTER, str(folder), "true"], capture_output=True, text=True, check=False)
    return attempt.stderr.strip() or "unshare failed" if attempt.returncode else None


@dataclass(frozen=True)
class Container:
    """Runs one job after the other, each in an empty /opt/ml."""

    scratch: Path

    @property
    def ml(self) -> Path:
        """What the job sees as /opt/ml."""
        return self.scratch / "ml"

    def outside(self, path: str) -> Path:
        """Where a path below /opt/ml is when seen from outside."""
        return self.ml / Path(path).relative_to("/opt/ml")

    def clear(self) -> None:
        shutil.rmtree(self.ml, ignore_errors=True)
        self.ml.mkdir()

    def run(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs a container's entry point with the image's environment and the job's."""
        return subprocess.run(
            [*ENTER, str(self.ml), *command],
            cwd="/",
            env={**IMAGE_ENVIRONMENT, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
