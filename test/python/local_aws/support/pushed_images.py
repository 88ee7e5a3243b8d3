"""Repositories, and images pushed to them."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local_account import SECRET

if TYPE_CHECKING:
    from local_account import Account

_DOCKER = "application/vnd.docker"


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@dataclass(frozen=True)
class Images:
    account: Account
    repository: str = "iris"

    @property
    def ecr(self) -> Any:
        return self.account.client("ecr")

    def create(self, **given: Any) -> Images:
        self.ecr.create_repository(repositoryName=self.repository, **given)
        return self

    def upload(self, content: bytes) -> dict[str, Any]:
        """A layer, as a manifest names it."""
        named = {"repositoryName": self.repository}
        upload = self.ecr.initiate_layer_upload(**named)["uploadId"]
        self.ecr.upload_layer_part(
            **named, uploadId=upload, partFirstByte=0, partLastByte=len(content) - 1, layerPartBlob=content
        )
        self.ecr.complete_layer_upload(**named, uploadId=upload, layerDigests=[digest_of(content)])
        return part(content)

    def put(self, manifest: str, tag: str | None = None, **given: Any) -> str:
        """Returns the digest."""
        named = {"imageTag": tag} if tag else {}
        image = self.ecr.put_image(repositoryName=self.repository, imageManifest=manifest, **named, **given)["image"]
        return str(image["imageId"]["imageDigest"])

    def push(self, tag: str, content: bytes = b"layer") -> str:
        return self.put(manifest(self.upload(b"{}"), self.upload(content)), tag)

    def find(self, tag: str, status: str, **findings: Any) -> None:
        """What scans will find in the image of a tag."""
        result = {"repositoryName": self.repository, "imageId": {"imageTag": tag}, "imageScanFindings": findings}
        told = {"account_id": self.account.id, "results": [{**result, "imageScanStatus": {"status": status}}]}
        address = f"{self.account.endpoint}/moto-api/static/ecr/scan-finding-results"
        headers = {"x-local-aws-secret": SECRET, "content-type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(address, json.dumps(told).encode(), headers)).close()

    def details(self) -> list[dict[str, Any]]:
        return list(self.ecr.describe_images(repositoryName=self.repository)["imageDetails"])


def part(content: bytes) -> dict[str, Any]:
    return {"mediaType": f"{_DOCKER}.image.rootfs.diff.tar.gzip", "size": len(content), "digest": digest_of(content)}


def manifest(config: dict[str, Any], *layers: dict[str, Any]) -> str:
    kind = f"{_DOCKER}.distribution.manifest.v2+json"
    return json.dumps({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": layers})
