"""Brings this repository's scripts to S3, named by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import boto3

from ci.project import Project
from ci.storage import exists, place, put

FOLDER = Path("scripts")


def upload_scripts(session: boto3.Session, project: Project, folder: Path = FOLDER) -> dict[str, str]:
    """A script that is there already is not written again: what an execution read can be read later.

    Returns:
        URIs by the files' names
    """
    uris = {}
    for path in sorted(folder.glob("*.py")):
        body = path.read_bytes()
        uris[path.name] = place(project, "scripts", hashlib.sha256(body).hexdigest()[:16], path.name)
        if not exists(session, uris[path.name]):
            put(session, project, uris[path.name], body)
    return uris
