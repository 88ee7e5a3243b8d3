"""
Builds and pushes an image where there is no Docker: one layer, the folder that a commit has, as the role of the build.

    python push_image.py FOLDER    # REPOSITORY and COMMIT as CodeBuild sets them
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
from pathlib import Path
from typing import Any

import boto3


def main(folder: Path) -> None:
    ecr, repository = boto3.client("ecr"), {"repositoryName": os.environ["REPOSITORY"]}

    def part(media_type: str, content: bytes) -> dict[str, Any]:
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        upload = ecr.initiate_layer_upload(**repository)["uploadId"]
        place = {"uploadId": upload, "partFirstByte": 0, "partLastByte": len(content) - 1}
        ecr.upload_layer_part(**repository, **place, layerPartBlob=content)
        ecr.complete_layer_upload(**repository, uploadId=upload, layerDigests=[digest])
        return {"mediaType": media_type, "size": len(content), "digest": digest}

    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": part("application/vnd.oci.image.config.v1+json", b"{}"),
        "layers": [part("application/vnd.oci.image.layer.v1.tar+gzip", _layer(folder))],
    }
    image = ecr.put_image(**repository, imageManifest=json.dumps(manifest), imageTag=os.environ["COMMIT"])["image"]
    print(f"pushed {image['imageId']['imageDigest']}")


def _layer(folder: Path) -> bytes:
    """The same bytes for the same files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(folder.rglob("*")):
            entry = tar.gettarinfo(path, str(path.relative_to(folder)))
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, 0, "", ""
            with path.open("rb") if path.is_file() else io.BytesIO() as content:
                tar.addfile(entry, content if path.is_file() else None)
    return gzip.compress(packed.getvalue(), mtime=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
