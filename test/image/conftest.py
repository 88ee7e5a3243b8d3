"""What the tests of real images need, and why they skip where it is not there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "support"), str(HERE.parent / "python" / "local_aws" / "support")]


def _lacks() -> str | None:
    if os.geteuid() != 0:
        return "images are built by root"
    if not shutil.which("buildah"):
        return "images are built by buildah (Debian: apt-get install --no-install-recommends buildah)"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacks = _lacks()
    if lacks:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=lacks))
