"""
python -m mlops_render REQUEST: reads what to render from a file, and writes `result.json` and what was uploaded into
the folder that it names.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from . import guard, refusals, users_code
from .archives import same_bytes
from .context import context_of
from .render import render


def main() -> None:
    request = json.loads(Path(sys.argv[1]).read_text())
    output = Path(request["output"])
    folder = os.path.realpath(request["folder"])
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    guard.keep_to(_places(request, folder, output))
    os.chdir(folder)
    try:
        result: dict[str, Any] = {
            "rendered": [_rendered(request, folder, output, each) for each in request["contexts"]]
        }
        if refusals.tries:
            result = {"error": {"message": refusals.tries[0]}}
    except BaseException as error:
        # What was refused first is the cause, whatever became of it.
        message = refusals.tries[0] if refusals.tries else users_code.told(error, request["sdk"])
        result = {"error": {"message": message, **users_code.place_of(error, folder)}}
    (output / "result.json").write_text(json.dumps(result))


def _rendered(request: dict[str, Any], folder: str, output: Path, values: dict[str, Any]) -> dict[str, Any]:
    found = render(folder, request["file"], request["names"], context_of(values))
    uploads = []
    for (bucket, key), content in found["uploads"].items():
        same = same_bytes(key, content)
        # Its path is in the stack's files, which the same content must not change.
        name = hashlib.sha256(same).hexdigest()
        (output / name).write_bytes(same)
        uploads.append({"uri": f"s3://{bucket}/{key}", "file": name})
    return {"pipelines": found["pipelines"], "uploads": uploads}


def _places(request: dict[str, Any], folder: str, output: Path) -> guard.Places:
    environment = os.path.realpath(sys.prefix)
    return guard.Places(
        repository=os.path.realpath(request["repository"]),
        readable=(folder, os.path.realpath(Path(__file__).parent), environment, os.path.realpath(sys.base_prefix)),
        writable=(
            os.path.realpath(output),
            os.path.realpath(tempfile.gettempdir()),
            os.path.join(environment, "bytecode"),
        ),
    )


main()
