"""A process that sees a container's file system where it matters: its own folder as /opt/ml.

It runs in a mount namespace of its own (user_namespaces(7), mount_namespaces(7)), so that the machine's /opt stays
as it is; there it needs no rights.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONTAINERS = Path(__file__).parents[3] / "emulator" / "containers"

# What the Dockerfiles of both images set for Python.
IMAGE_ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONIOENCODING": "UTF-8",
    "PYTHONUNBUFFERED": "1",
}

# $1 is the folder to show as /opt/ml, $2 an empty one; the rest is the command. A machine without /opt/ml gets an
# /opt in memory that shows what was there, since a folder made on the disk would be seen outside.
ENTER = """
set -eu
ml=$1 before=$2; shift 2
if [ ! -d /opt/ml ]; then
  mount --rbind /opt "$before"
  mount -t tmpfs tmpfs /opt
  find "$before" -mindepth 1 -maxdepth 1 -printf '%f\\n' | while IFS= read -r name; do
    if [ -d "$before/$name" ] && [ ! -L "$before/$name" ]; then
      mkdir "/opt/$name"; mount --rbind "$before/$name" "/opt/$name"
    else
      cp -P "$before/$name" "/opt/$name"
    fi
  done
  mkdir /opt/ml
fi
mount --bind "$ml" /opt/ml
cd /
exec "$@"
"""
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def why_there_are_no_namespaces() -> str | None:
    """None where this machine gives them."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    if not Path("/opt").is_dir():
        return "there is no /opt"
    attempt = subprocess.run(
        [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/opt"], capture_output=True, text=True, check=False
    )
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
        for folder in (self.ml, self.scratch / "before"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()

    def run(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs a container's entry point with the image's environment and the job's."""
        enter = [*NAMESPACE, "sh", "-c", ENTER, "sh", str(self.ml), str(self.scratch / "before")]
        return subprocess.run(
            [*enter, *command],
            env={**IMAGE_ENVIRONMENT, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
