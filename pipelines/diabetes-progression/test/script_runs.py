"""How tests run the model's scripts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol

import pandas as pd
import pytest

Content = pd.DataFrame | str | bytes


class Job(Protocol):
    """Runs a script with files in its folders, by path; answers with its root. Raises SystemExit with its complaint."""

    def __call__(self, name: str, files: Mapping[str, Content], *arguments: str) -> Path: ...


def job_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    def run(name: str, files: Mapping[str, Content], *arguments: str) -> Path:
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, pd.DataFrame):
                content.to_csv(root / path, index=False)
            else:
                (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
        monkeypatch.setenv("PROCESSING_ROOT", str(root))
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        import_module(name).main()
        return root

    return run
