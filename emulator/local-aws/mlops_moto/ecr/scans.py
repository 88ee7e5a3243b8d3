"""
Basic scans: when an image is pushed, where its repository says so, or when somebody asks. Nothing is looked for here,
so that nothing is found, unless moto was told what (`/moto-api/static/ecr/scan-finding-results`).
https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
"""

from datetime import datetime
from typing import Any

from moto.ecr.models import ECRBackend, Image, Repository

from ..patching import replace
from .events import put_event

_start_by_moto = ECRBackend.start_image_scan
_describe_by_moto = ECRBackend.describe_image_scan_findings

_INVENTED = "CVE-9999-9999"
"""What moto finds in every image."""

_COMPLETE = {"status": "COMPLETE", "description": "The scan was completed successfully."}


def install() -> None:
    replace(ECRBackend, "start_image_scan", _start)
    replace(ECRBackend, "describe_image_scan_findings", _describe)


def scan(repository: Repository, image: Image) -> None:
    image.last_scan = datetime.today()
    vars(image)["image_scan_status"] = _COMPLETE
    tags = list(image.image_tags)
    told = {"scan-status": "COMPLETE", "finding-severity-counts": {}, "image-digest": image.get_image_digest()}
    put_event("ECR Image Scan", repository, {**told, "image-tags": tags}, [repository.arn])


def _start(backend: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, str]) -> dict[str, Any]:
    started = _start_by_moto(backend, registry_id, repository_name, image_id)
    repository = backend._get_repository(repository_name, registry_id)
    scan(repository, repository._get_image(image_id.get("imageTag"), image_id.get("imageDigest")))
    return started


def _describe(backend: ECRBackend, registry_id: str, repository_name: str, image_id: dict[str, Any]) -> dict[str, Any]:
    told = _describe_by_moto(backend, registry_id, repository_name, image_id)
    found = told["imageScanFindings"]
    if any(each.get("name") == _INVENTED for each in found.get("findings", [])):
        told["imageScanFindings"] = {**found, "findings": [], "findingSeverityCounts": {}}
    return told
