"""Where the code is that a connection leads to: bare repositories on this machine, and what was pushed to them."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any

_COMMIT = re.compile(r"[0-9a-f]{40}")
NOTHING = "0" * 40
"""What git says in place of a commit where there was none."""


class RepositoryError(Exception):
    """What is not there, or is no repository."""


def commit_of(folder: str, revision: str) -> str:
    """raises RepositoryError"""
    found = git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    if not _COMMIT.fullmatch(found):
        raise RepositoryError(f"{folder} has no {revision}")
    return found


def changed_files(folder: str, before: str, after: str) -> list[str]:
    """Paths of what a push changes, where it is moved both; with a branch that is new, of all that there is."""
    if before == NOTHING:
        paths = git(folder, "ls-tree", "-r", "-z", "--name-only", commit_of(folder, after))
    else:
        commits = commit_of(folder, before), commit_of(folder, after)
        paths = git(folder, "diff", "-z", "--no-renames", "--name-only", *commits)
    return [path for path in paths.split("\0") if path]


def git(folder: str, *arguments: str) -> str:
    """Its exit code is nobody's: the server waits for no program that has ended. What it answers tells."""
    answered = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    return answered.stdout.decode(errors="replace")


def starts(trigger: Mapping[str, Any], branch: str, files: Iterable[str]) -> bool:
    """Whether a push starts a pipeline. https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html"""
    return any(
        _passes(push.get("branches"), [branch]) and _passes(push.get("filePaths"), files)
        for push in trigger.get("gitConfiguration", {}).get("push") or []
    )


def _passes(criteria: Mapping[str, Any] | None, names: Iterable[str]) -> bool:
    includes, excludes = (criteria or {}).get("includes") or ["**"], (criteria or {}).get("excludes") or []
    return any(_matches(includes, name) and not _matches(excludes, name) for name in names)


def _matches(patterns: Iterable[str], name: str) -> bool:
    return any(re.fullmatch(_as_regex(pattern), name) for pattern in patterns)


def _as_regex(pattern: str) -> str:
    parts = re.split(r"(\*\*|\*|\?)", pattern)
    return "".join({"**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part, re.escape(part)) for part in parts)
