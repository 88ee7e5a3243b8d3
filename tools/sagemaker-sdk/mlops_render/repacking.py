"""
Where a module is packed into a model, the SDK writes scripts of its own into the folder of the module. It gets a copy
of that folder: a model's folder is read, and only read.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any


def copy_folders() -> None:
    """If the SDK's repacking step is loaded by now."""
    utilities = sys.modules.get("sagemaker.workflow._utils")
    if utilities is None:
        return
    step = utilities._RepackModelStep
    if getattr(step, "has_copies", False):
        return
    inject = step._inject_repack_script_and_launcher

    def inject_into_copy(repacking: Any) -> None:
        if Path(repacking._source_dir).is_dir():
            copy = tempfile.mkdtemp()
            shutil.copytree(repacking._source_dir, copy, dirs_exist_ok=True)
            repacking._source_dir = repacking.estimator.source_dir = copy
        inject(repacking)

    step._inject_repack_script_and_launcher = inject_into_copy
    step.has_copies = True
