"""
Basic scans: when an image is pushed, where its repository says so, or when somebody asks. Nothing is looked for here,
so that nothing is found, unless moto was told what (`/moto-api/static/ecr/scan-finding-results`) before the scan.
https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
"""

from datetime import datetime
from typing import Any

from moto.ecr.models import ECRBackend, Image, Repository, ecr_backends

from ..patching import replace
from .events import put_event

_start_by_moto = ECRBackend.start_image_scan
_describe_by_moto = ECRBackend.describe_image_scan_findings

_INVENTED = "CVE-9999-9999"
"""What moto finds in every image."""


def install() -> None:
    replace(ECRBackend, "start_image_scan", _start)
    replace(ECRBackend, "describe_image_scan_findings", _describe)


def scan(repository: Repository, image: Image) -> None:
    image.last_scan = datetime.today()
    digest = image.get_image_digest()
    backend = ecr_backends[repository.registry_id][repository.region_name]
    found = _describe(backend, repository.registry_id, repository.name, {"imageDigest": digest})
    vars(image)["image_scan_status"] = found["imageScanStatus"]
    detail = {
        "scan-status": found["imageScanStatus"]["status"],
        "finding-severity-counts": found.get("imageScanFindings", {}).get("findingSeverityCounts", {}),
        "image-digest": digest,
        "image-tags": list(image.image_tags),
    }
    put_event("ECR Image Scan", repository, detail, [repository.arn])


def _start(backend: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, str]) -> dict[str, Any]:
    started = _start_by_moto(backend, registry_id, repository_name, image_id)
    repository = backend._get_repository(repository_name, registry_id)
    scan(repository, repository._get_image(image_id.get("imageTag"), image_id.get("imageDigest")))
    return started


def _describe(backend: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, Any]) -> dict[str, Any]:
    """By the digest, whichever way the image was named: moto tells each way something of its own."""
    image = backend._get_repository(repository_name, registry_id)._get_image(
        image_id.get("imageTag"), image_id.get("imageDigest")
    )
    by_digest = {"imageDigest": image.get_image_digest()} if image.last_scan else image_id
    told = _describe_by_moto(backend, registry_id, repository_name, by_digest)
    found = told.get("imageScanFindings", {})
    if any(each.get("name") == _INVENTED for each in found.get("findings", [])):
        told["imageScanFindings"] = {**found, "findings": [], "findingSeverityCounts": {}}
    return told
