"""
Files of requirements, and whether they are satisfied.
https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

_CALLED = {"xgboost": "xgboost-cpu"}
"""Distributions that are here under another name: the same library without CUDA."""

_HOW = re.compile(r"--?[a-z-]+")


@dataclass(frozen=True)
class Asked:
    text: str
    where: str
    """`requirements.txt:3: `, or nothing."""


def asked_in(file: Path) -> list[Asked]:
    """What a file asks for, and those that it refers to. Options that say how to install ask for nothing."""
    try:
        text = file.read_text()
    except OSError as error:
        return [Asked(f"-r {file}", f"{error.strerror}: ")]
    found: list[Asked] = []
    number = 1
    for line in re.split(r"(?<!\\)\n", text):
        where, number = f"{file}:{number}: ", number + line.count("\n") + 1
        plain = re.sub(r"(^|\s)#.*", "", line.replace("\\\n", " ")).strip()
        nested = re.fullmatch(r"(?:-r|--requirement)[ =](.+)", plain)
        if nested:
            found += asked_in(file.parent / nested[1].strip())
        elif plain and (not _HOW.match(plain) or re.match(r"(-e|--editable)\b", plain)):
            found.append(Asked(re.split(r"\s--", plain)[0].strip(), where))
    return found


def problem_of(asked: Asked) -> str | None:
    """Why it is not satisfied; what is says so, as pip does."""
    try:
        requirement = Requirement(asked.text)
    except InvalidRequirement:
        return f"{asked.where}nothing is installed on this machine, got: {asked.text}"
    if requirement.marker and not requirement.marker.evaluate():
        return None
    if requirement.url:
        return f"{asked.where}nothing is installed on this machine, got: {asked.text}"
    try:
        there = version(_CALLED.get(requirement.name, requirement.name))
    except PackageNotFoundError:
        return f"{asked.where}{requirement} is not on this machine, which installs nothing"
    if not requirement.specifier.contains(there, prereleases=True):
        return f"{asked.where}{requirement} is wanted, and this machine, which installs nothing, has {there}"
    print(f"Requirement already satisfied: {requirement} ({there})", flush=True)
    return None
