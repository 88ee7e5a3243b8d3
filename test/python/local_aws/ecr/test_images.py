"""Images: digests, layers, tags that stay, scans, and what EventBridge is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import Queue, policy
from local_account import Account
from pushed_images import Images, digest_of, manifest, part


def code_of(call: Any, *given: Any, **named: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as refusal:
        call(*given, **named)
    error = refusal.value.response["Error"]
    return error["Code"], error["Message"]


def told(account: Account) -> Queue:
    """A queue that gets what ECR tells."""
    queue = Queue(account, "told").create("all")
    events = account.client("events")
    events.put_rule(Name="all", EventPattern=json.dumps({"source": ["aws.ecr"]}))
    events.put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": queue.arn}])
    return queue


def test_an_image_is_known_by_the_digest_of_its_manifest(account: Account) -> None:
    images = Images(account).create()
    pushed = manifest(images.upload(b"{}"), images.upload(b"layer"))
    digest = images.put(pushed, "v1")
    assert digest == digest_of(pushed.encode())
    assert images.put(pushed, "v2", imageDigest=digest) == digest
    (image,) = images.details()
    assert (image["imageDigest"], sorted(image["imageTags"]), image["imageSizeInBytes"]) == (digest, ["v1", "v2"], 7)
    stored = images.ecr.batch_get_image(repositoryName="iris", imageIds=[{"imageDigest": digest}])["images"]
    assert {each["imageManifest"] for each in stored} == {pushed}


def test_what_is_no_image_is_refused(account: Account) -> None:
    images = Images(account).create()
    config = images.upload(b"{}")
    code, message = code_of(images.put, manifest(config, part(b"never uploaded")), "v1")
    assert (code, digest_of(b"never uploaded") in message) == ("LayersNotFoundException", True)
    whole = manifest(config, images.upload(b"layer"))
    assert code_of(images.put, whole, imageDigest=digest_of(b"other"))[0] == "ImageDigestDoesNotMatchException"
    assert code_of(images.put, whole, "v/1")[0] == "InvalidParameterException"
    assert code_of(Images(account, "none").put, whole)[0] == "RepositoryNotFoundException"
    assert images.details() == []


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"config": 1}',
        '{"config": {"size": 2}}',
        '{"layers": null}',
        '{"layers": 5}',
        '{"layers": ["sha256"]}',
        '{"layers": [{"digest": {}}]}',
        '{"layers": [{"digest": "sha256", "size": "much"}]}',
        '{"manifests": {"digest": "sha256"}}',
    ],
)
def test_a_manifest_of_another_form_is_refused_by_name(account: Account, content: str) -> None:
    images = Images(account).create()
    assert code_of(images.put, content, "v1")[0] == "InvalidParameterException"
    assert images.details() == []


def test_a_layer_is_what_its_digest_says(account: Account) -> None:
    images = Images(account).create()
    given = {"repositoryName": "iris"}
    upload = {**given, "uploadId": images.ecr.initiate_layer_upload(**given)["uploadId"]}
    images.ecr.upload_layer_part(**upload, partFirstByte=0, partLastByte=3, layerPartBlob=b"this")
    code, message = code_of(images.ecr.complete_layer_upload, **upload, layerDigests=[digest_of(b"other")])
    assert (code, digest_of(b"this") in message) == ("InvalidLayerException", True)
    images.ecr.complete_layer_upload(**upload, layerDigests=[digest_of(b"this")])
    assert code_of(images.ecr.complete_layer_upload, **upload, layerDigests=[digest_of(b"this")])[0] == (
        "UploadNotFoundException"
    )


def test_a_tag_that_may_not_move_stays_whatever_is_pushed(account: Account) -> None:
    images = Images(account).create(imageTagMutability="IMMUTABLE")
    first = images.push("v1")
    for content in (b"layer", b"other"):
        code, message = code_of(images.push, "v1", content)
        assert (code, "because the tag is immutable" in message) == ("ImageTagAlreadyExistsException", True)
    assert [(image["imageDigest"], image["imageTags"]) for image in images.details()] == [(first, ["v1"])]


def test_a_tag_that_may_move_leaves_the_earlier_image_without_it(account: Account) -> None:
    images = Images(account).create()
    images.push("latest")
    assert images.push("latest", b"other") in [
        image["imageDigest"] for image in images.details() if image.get("imageTags") == ["latest"]
    ]


def test_a_push_is_told_and_its_scan_where_the_repository_scans(account: Account) -> None:
    queue = told(account)
    images = Images(account).create(imageScanningConfiguration={"scanOnPush": True})
    digest = images.push("v1")
    events = {event["detail-type"]: event for event in map(json.loads, queue.bodies())}
    assert events["ECR Image Action"]["detail"] == {
        "result": "SUCCESS",
        "repository-name": "iris",
        "image-digest": digest,
        "action-type": "PUSH",
        "image-tag": "v1",
    }
    assert events["ECR Image Scan"]["detail"] == {
        "scan-status": "COMPLETE",
        "repository-name": "iris",
        "finding-severity-counts": {},
        "image-digest": digest,
        "image-tags": ["v1"],
    }
    found = images.ecr.describe_image_scan_findings(repositoryName="iris", imageId={"imageDigest": digest})
    assert (found["imageScanStatus"]["status"], found["imageScanFindings"]["findings"]) == ("COMPLETE", [])
    assert images.details()[0]["imageScanStatus"]["status"] == "COMPLETE"


def test_defect_17_7_a_pattern_of_a_push_that_wants_a_scans_status_never_matches(account: Account) -> None:
    Queue(account, "never").create("never")
    pattern = {"source": ["aws.ecr"], "detail-type": ["ECR Image Action"], "detail": {"scan-status": ["COMPLETE"]}}
    events, never = account.client("events"), Queue(account, "never")
    events.put_rule(Name="never", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="never", Targets=[{"Id": "queue", "Arn": never.arn}])
    queue = told(account)
    Images(account).create(imageScanningConfiguration={"scanOnPush": True}).push("v1")
    assert (len(queue.bodies()), never.bodies()) == (2, [])


def test_without_scans_nothing_is_known_until_somebody_asks(account: Account) -> None:
    images, asked = Images(account).create(), {"repositoryName": "iris", "imageId": {"imageTag": "v1"}}
    images.push("v1")
    assert code_of(images.ecr.describe_image_scan_findings, **asked)[0] == "ScanNotFoundException"
    images.ecr.start_image_scan(**asked)
    assert images.ecr.describe_image_scan_findings(**asked)["imageScanFindings"]["findingSeverityCounts"] == {}


def test_a_repositorys_policy_is_kept(account: Account) -> None:
    images = Images(account).create()
    text = policy(
        {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "ecr:BatchGetImage"}
    )
    images.ecr.set_repository_policy(repositoryName="iris", policyText=text)
    assert images.ecr.get_repository_policy(repositoryName="iris")["policyText"] == text


@pytest.mark.parametrize(("status", "counts"), [("COMPLETE", {"HIGH": 2, "LOW": 1}), ("COMPLETE", {}), ("FAILED", {})])
def test_what_a_scan_was_told_to_find_is_told_with_it(account: Account, status: str, counts: dict[str, int]) -> None:
    queue = told(account)
    images = Images(account).create(imageScanningConfiguration={"scanOnPush": True})
    findings = [{"name": "CVE-1", "severity": name} for name in counts]
    images.find("v1", status, findingSeverityCounts=counts, findings=findings)
    digest = images.push("v1")
    events = {event["detail-type"]: event["detail"] for event in map(json.loads, queue.bodies())}
    scan = events["ECR Image Scan"]
    assert (scan["scan-status"], scan["finding-severity-counts"]) == (status, counts)
    for image in ({"imageTag": "v1"}, {"imageDigest": digest}):
        found = images.ecr.describe_image_scan_findings(repositoryName="iris", imageId=image)
        assert found["imageScanFindings"]["findingSeverityCounts"] == counts
    assert images.details()[0]["imageScanStatus"]["status"] == status
