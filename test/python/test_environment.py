from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_bytecode_is_kept_in_the_environment_whatever_a_machine_says() -> None:
    program = "import pandas; print(pandas.__spec__.cached)"
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run([sys.executable, "-c", program], env=variables, capture_output=True, text=True, check=True)
    cached = Path(ran.stdout.strip())
    assert cached.is_file()
    assert cached.is_relative_to(sys.prefix)
