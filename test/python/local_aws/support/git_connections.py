"""Git as a client of AWS's uses it over a connection: signed as the AWS CLI's credential helper signs."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from code_repository import GIT_SETTINGS
from local_account import REGION, SECRET, Account


@dataclass(frozen=True)
class GitConnection:
    """`arn`: of a connection of the account's; `name`: of a repository, `<owner>/<name>`."""

    account: Account
    arn: str
    name: str = "acme/churn"

    @property
    def path(self) -> str:
        place = self.arn.split(":")
        return f"/git-http/{place[4]}/{place[3]}/{place[5].rpartition('/')[2]}/{self.name}.git"

    def complete(self, folder: str) -> GitConnection:
        body = json.dumps({"connectionArn": self.arn, "repositories": {self.name: folder}}).encode()
        request = urllib.request.Request(f"{self.account.endpoint}/mlops-local/CompleteConnection", body)
        request.add_header("x-local-aws-secret", SECRET)
        urllib.request.urlopen(request)
        return self

    def password(self, *, host: str = f"codestar-connections.{REGION}.amazonaws.com", ago: int = 0) -> str:
        """ago: seconds since it was signed"""
        signer = SigV4Auth(Credentials(*self.account.credentials.values()), "codecommit", REGION)
        request = AWSRequest("GIT", f"https://{host}{self.path}")
        signed_at = time.strftime("%Y%m%dT%H%M%S", time.gmtime(time.time() - ago))
        request.context["timestamp"] = signed_at
        text = signer.string_to_sign(request, f"GIT\n{self.path}\n\nhost:{host}\n\nhost\n")
        return f"{signed_at}Z{signer.signature(text, request)}"

    def basic(self, password: str | None = None) -> str:
        """The header, with a password of now where none is given."""
        given = self.account.credentials
        user = f"{given['aws_access_key_id']}%{given['aws_session_token']}"
        return f"Basic {b64encode(f'{user}:{password or self.password()}'.encode()).decode()}"

    def git(self, folder: Path, *arguments: str, password: str | None = None) -> subprocess.CompletedProcess[str]:
        """password: none at all where it is empty"""
        header = ["-c", f"http.extraHeader=Authorization: {self.basic(password)}"] if password != "" else []
        run = ["git", "-C", str(folder), *header, *arguments]
        return subprocess.run(
            run, env={**GIT_SETTINGS, "GIT_TERMINAL_PROMPT": "0"}, capture_output=True, text=True, check=False
        )

    @property
    def url(self) -> str:
        return f"{self.account.endpoint}{quote(self.path)}"


def connection_of(account: Account, service: str = "codeconnections") -> GitConnection:
    made = account.client(service).create_connection(ConnectionName="projects", ProviderType="GitHub")
    return GitConnection(account, made["ConnectionArn"])
