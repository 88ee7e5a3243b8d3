"""Git over a connection, with Git itself."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from code_repository import CodeRepository
from deployed_functions import create_function
from git_connections import GitConnection, connection_of
from local_account import REGION, Account

FETCHES = """
exports.handler = async ({ url, authorization }) => {
  const answer = await fetch(url, { headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
};
"""


@pytest.fixture
def repository(tmp_path: Path) -> CodeRepository:
    made = CodeRepository(tmp_path / "host")
    made.folder.mkdir()
    return made.create()


@pytest.fixture
def connection(account: Account, repository: CodeRepository) -> GitConnection:
    return connection_of(account).complete(repository.bare)


@pytest.mark.parametrize("service", ["codeconnections", "codestar-connections"])
def test_what_is_pushed_over_a_connection_is_in_the_repository(
    account: Account, repository: CodeRepository, tmp_path: Path, service: str
) -> None:
    connection = connection_of(account, service).complete(repository.bare)
    assert f":{service}:" in connection.arn
    first = repository.push({"README.md": "a project\n"})
    cloned = connection.git(tmp_path, "clone", "--quiet", connection.url, "mine")
    assert cloned.returncode == 0, cloned.stderr
    mine = tmp_path / "mine"
    assert connection.git(mine, "rev-parse", "HEAD").stdout.strip() == first
    (mine / "seed.py").write_text("x" * 2_000_000)  # more than Git sends in one piece
    connection.git(mine, "add", "--all")
    connection.git(mine, "commit", "--quiet", "--message", "seed")
    pushed = connection.git(mine, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    assert pushed.returncode == 0, pushed.stderr
    commit = connection.git(mine, "rev-parse", "HEAD").stdout.strip()
    assert connection.git(Path(repository.bare), "rev-parse", "main").stdout.strip() == commit


def listed(connection: GitConnection, folder: Path, **more: str) -> str:
    """What Git says of the refusal."""
    told = connection.git(folder, "ls-remote", connection.url, **more)
    assert told.returncode != 0, told.stdout
    return told.stderr


def test_a_connection_that_nobody_has_completed_leads_nowhere(account: Account, tmp_path: Path) -> None:
    assert "403" in listed(connection_of(account), tmp_path)


def test_a_repository_that_it_does_not_lead_to_is_not_found(connection: GitConnection, tmp_path: Path) -> None:
    assert "not found" in listed(dataclasses.replace(connection, name="acme/other"), tmp_path)
    nowhere = connection.arn[:-1] + ("0" if connection.arn[-1] != "0" else "1")
    assert "not found" in listed(dataclasses.replace(connection, arn=nowhere), tmp_path)


def test_whoever_has_not_signed_is_asked_to(connection: GitConnection, tmp_path: Path) -> None:
    other = dataclasses.replace(connection, name="acme/other")
    for password in ("", "secret", other.password(), connection.password(ago=3600)):
        told = listed(connection, tmp_path, password=password)
        assert "could not read Username" in told or "Authentication failed" in told


def test_the_address_on_this_machine_may_be_signed_too(connection: GitConnection, tmp_path: Path) -> None:
    told = connection.git(tmp_path, "ls-remote", connection.url, password=connection.password(host="127.0.0.1"))
    assert told.returncode == 0, told.stderr


def test_a_function_finds_it_at_awss_address(
    account: Account, repository: CodeRepository, connection: GitConnection
) -> None:
    commit = repository.push({"README.md": "a project\n"})
    create_function(account, FETCHES, Timeout=60)
    address = f"https://codestar-connections.{REGION}.amazonaws.com{connection.path}/info/refs?service=git-upload-pack"
    event = json.dumps({"url": address, "authorization": connection.basic()}).encode()
    told = json.loads(account.client("lambda").invoke(FunctionName="guard", Payload=event)["Payload"].read())
    assert told["status"] == 200, told
    assert f"{commit} refs/heads/main" in told["text"]
