"""A bare repository, whatever the user's own settings of git."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

GIT_SETTINGS = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


@dataclass(frozen=True)
class CodeRepository:
    """`folder` holds the bare repository, and a working copy of it."""

    folder: Path

    @property
    def bare(self) -> str:
        return str(self.folder / "code.git")

    def create(self) -> CodeRepository:
        _git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", self.bare)
        _git(self.folder, "clone", "--quiet", self.bare, "work")
        return self

    def push(self, files: dict[str, str]) -> str:
        """Returns the commit, on main."""
        work = self.folder / "work"
        for name, content in files.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text(content)
        _git(work, "add", "--all")
        _git(work, "commit", "--quiet", "--message", f"change {', '.join(files)}")
        _git(work, "push", "--quiet", "origin", "HEAD:refs/heads/main")
        return _git(work, "rev-parse", "HEAD").strip()


def _git(folder: Path, *arguments: str) -> str:
    run = ["git", "-C", str(folder), *arguments]
    return subprocess.run(run, env=GIT_SETTINGS, capture_output=True, text=True, check=True).stdout
