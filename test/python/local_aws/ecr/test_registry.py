"""What a client of registries says to ECR: tokens, layers in parts, manifests by tag and digest."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable
from typing import Any

import pytest
from local_account import Account
from pushed_images import Images, digest_of, manifest, part

OCI = "application/vnd.oci.image.manifest.v1+json"


class Client:
    def __init__(self, account: Account, token: str | None = None) -> None:
        self._endpoint = account.endpoint
        given = account.client("ecr").get_authorization_token()["authorizationData"][0]
        self._token = given["authorizationToken"] if token is None else token

    def ask(
        self, method: str, path: str, body: bytes | Iterable[bytes] | None = None, **headers: str
    ) -> tuple[int, Any, bytes]:
        address = path if path.startswith("http") else f"{self._endpoint}{path}"
        given = {"Authorization": f"Basic {self._token}", **headers} if self._token else headers
        request = urllib.request.Request(address, body, given, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def code(self, *given: Any, **headers: str) -> tuple[int, str]:
        status, _, body = self.ask(*given, **headers)
        return status, json.loads(body)["errors"][0]["code"]

    def upload(self, *parts: bytes) -> dict[str, Any]:
        whole = b"".join(parts)
        status, headers, _ = self.ask("POST", "/v2/iris/blobs/uploads/")
        assert status == 202
        place = headers["Location"]
        for each in parts:
            status, headers, _ = self.ask("PATCH", place, iter([each]))  # of no length that is told
            assert status == 202
        assert headers["Range"] == f"0-{len(whole) - 1}"
        status, headers, _ = self.ask("PUT", f"{place}?digest={digest_of(whole)}")
        assert (status, headers["Docker-Content-Digest"]) == (201, digest_of(whole))
        return part(whole)

    def put(self, tag: str, content: str) -> tuple[int, Any, bytes]:
        return self.ask("PUT", f"/v2/iris/manifests/{tag}", content.encode(), **{"Content-Type": OCI})


def test_an_image_is_pushed_with_a_token_and_is_ecrs_own_by_its_digest(account: Account) -> None:
    images, client = Images(account).create(imageTagMutability="IMMUTABLE"), Client(account)
    assert client.ask("GET", "/v2/")[0] == 200
    layer = digest_of(b"one two")
    assert client.ask("HEAD", f"/v2/iris/blobs/{layer}")[0] == 404
    whole = manifest(client.upload(b"{}"), client.upload(b"one ", b"two"))
    status, headers, _ = client.ask("HEAD", f"/v2/iris/blobs/{layer}")
    assert (status, headers["Content-Length"]) == (200, "7")
    assert client.ask("HEAD", "/v2/iris/manifests/v1")[0] == 404
    status, headers, _ = client.put("v1", whole)
    digest = digest_of(whole.encode())
    assert (status, headers["Docker-Content-Digest"]) == (201, digest)
    assert [(each["imageDigest"], each["imageTags"]) for each in images.details()] == [(digest, ["v1"])]
    for name in ("v1", digest):
        status, headers, body = client.ask("GET", f"/v2/iris/manifests/{name}")
        assert (status, headers["Content-Type"], body.decode()) == (200, OCI, whole)
    assert client.code("PUT", "/v2/iris/manifests/v1", whole.encode()) == (400, "TAG_INVALID")


def test_a_tag_that_may_move_may_be_pushed_again_as_it_is(account: Account) -> None:
    images, client = Images(account).create(), Client(account)
    whole = manifest(client.upload(b"{}"), client.upload(b"layer"))
    assert [client.put("latest", whole)[0] for _ in range(2)] == [201, 201]
    assert [each["imageTags"] for each in images.details()] == [["latest"]]


def test_what_is_not_whole_is_refused(account: Account) -> None:
    images, client = Images(account).create(), Client(account)
    other = manifest(client.upload(b"{}"), part(b"never uploaded"))
    assert client.code("PUT", "/v2/iris/manifests/v1", other.encode()) == (404, "MANIFEST_BLOB_UNKNOWN")
    assert client.code("PUT", "/v2/iris/manifests/v1", b"{") == (400, "MANIFEST_INVALID")
    assert client.code("PUT", "/v2/iris/manifests/v1", b'{"layers": 5}') == (400, "MANIFEST_INVALID")
    assert client.code("PUT", "/v2/iris/manifests/v1", b'{"mediaType": "\xff"}') == (400, "MANIFEST_INVALID")
    for name in ("sha256:abc", "v%0A1", "-v"):
        assert client.put(name, manifest(client.upload(b"{}")))[0] == 400
    place = client.ask("POST", "/v2/iris/blobs/uploads/")[1]["Location"]
    assert client.code("PUT", f"{place}?digest={digest_of(b'else')}", b"this") == (400, "DIGEST_INVALID")
    assert client.code("PATCH", "/v2/iris/blobs/uploads/0", b"this") == (404, "BLOB_UPLOAD_UNKNOWN")
    assert client.code("POST", "/v2/none/blobs/uploads/") == (404, "NAME_UNKNOWN")
    assert client.code("GET", f"/v2/iris/blobs/{digest_of(b'{}')}") == (405, "UNSUPPORTED")
    assert images.details() == []


def test_parts_of_a_layer_come_one_after_the_other(account: Account) -> None:
    Images(account).create()
    client = Client(account)
    place = client.ask("POST", "/v2/iris/blobs/uploads/")[1]["Location"]
    late = {"Content-Range": "4-6"}
    assert client.code("PATCH", place, b"two", **late) == (416, "BLOB_UPLOAD_INVALID")
    assert client.ask("PATCH", place, b"one ", **{"Content-Range": "0-3"})[0] == 202
    assert client.code("PATCH", place, b"one ", **{"Content-Range": "0-3"}) == (416, "BLOB_UPLOAD_INVALID")
    whole = f"{place}?digest={digest_of(b'one two')}"
    assert client.code("PUT", whole, b"two", **{"Content-Range": "9-11"}) == (416, "BLOB_UPLOAD_INVALID")
    assert client.ask("PUT", whole, b"two", **late)[0] == 201


@pytest.mark.parametrize("name", ["../iris", "other//iris", "iris/../../moto-api", "%2e%2e/iris"])
def test_no_name_leads_out_of_the_repositories(account: Account, name: str) -> None:
    Images(account).create()
    assert Client(account).code("POST", f"/v2/{name}/blobs/uploads/") == (404, "NAME_UNKNOWN")


@pytest.mark.parametrize("token", ["", "QVdTOnNvbWV0aGluZw==", "none"])
def test_without_a_token_that_was_given_nobody_is_let_in(account: Account, token: str) -> None:
    client = Client(account, token)
    status, headers, _ = client.ask("GET", "/v2/")
    assert (status, headers["WWW-Authenticate"].partition(" ")[0]) == (401, "Basic")
    assert client.code("POST", "/v2/iris/blobs/uploads/") == (401, "UNAUTHORIZED")


def test_a_token_is_of_one_account(account: Account, other_account: Account) -> None:
    Images(account).create()
    assert Client(other_account).code("POST", "/v2/iris/blobs/uploads/") == (404, "NAME_UNKNOWN")
