"""
A build's description, as one script of bash: all commands of all phases run in one shell.
https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

PHASES = ("install", "pre_build", "build", "post_build")
_KNOWN = {"commands", "finally", "on-failure"}


class BuildspecError(Exception):
    """What is wrong with a build's description."""


@dataclass(frozen=True)
class _Phase:
    name: str
    commands: tuple[str, ...] = ()
    finally_: tuple[str, ...] = ()
    aborts: bool = False


@dataclass(frozen=True)
class Buildspec:
    phases: tuple[_Phase, ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    exported: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Buildspec":
        """raises BuildspecError: where it is none, or says what is not played"""
        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise BuildspecError(f"YAML_FILE_ERROR: {error}") from error
        if not isinstance(document, dict) or str(document.get("version")) != "0.2":
            raise BuildspecError("YAML_FILE_ERROR: local AWS reads a buildspec of version 0.2")
        unknown = {*document} - {"version", "env", "phases"}
        env = document.get("env") or {}
        unknown |= {f"env/{name}" for name in {*env} - {"shell", "variables", "exported-variables"}}
        phases = document.get("phases") or {}
        unknown |= {f"phases/{name}" for name in {*phases} - {*PHASES}}
        unknown |= {f"{name}/{key}" for name, phase in phases.items() for key in {*(phase or {})} - _KNOWN}
        if unknown:
            raise BuildspecError(f"local AWS does not play {sorted(unknown)} of a buildspec")
        return cls(
            tuple(_phase(name, phases.get(name) or {}) for name in PHASES),
            {name: str(value) for name, value in (env.get("variables") or {}).items()},
            tuple(env.get("exported-variables") or ()),
        )

    def script(self, told: str, exports: str) -> str:
        """
        told: file that gets a line of JSON for each phase: its name and whether it succeeded; then END, if all did
        exports: file that gets the exported variables as the shell has them at its end, each ended by a zero byte
        """
        names = " ".join(map(shlex.quote, self.exported))
        lines = [
            f"__told={shlex.quote(told)} __exports={shlex.quote(exports)} __phase= ",
            "export CODEBUILD_BUILD_SUCCEEDING=1",
            '__tell() { printf \'{"phase": "%s", "ok": %s}\\n\' "$__phase" "$1" >> "$__told"; __phase=; }',
            "__end() {",
            '  if [ -n "$__phase" ]; then __tell false; CODEBUILD_BUILD_SUCCEEDING=0; fi',
            f'  for __name in {names}; do printf "%s=%s\\0" "$__name" "${{!__name-}}" >> "$__exports"; done',
            '  if [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ]; then __phase=END; __tell true; fi',
            "}",
            "trap __end EXIT",
            *(line for phase in self.phases for line in _script_of(phase)),
        ]
        return "\n".join(lines) + "\n"


def _phase(name: str, given: Mapping[str, Any]) -> _Phase:
    on_failure = str(given.get("on-failure", "CONTINUE"))
    if on_failure not in ("ABORT", "CONTINUE"):
        raise BuildspecError(f"local AWS knows on-failure ABORT and CONTINUE, not {on_failure} ({name})")
    commands, last = (tuple(map(str, given.get(key) or ())) for key in ("commands", "finally"))
    return _Phase(name, commands, last, on_failure == "ABORT")


def _script_of(phase: _Phase) -> list[str]:
    """A phase ends with its first command that fails. After one that failed only post_build begins, after the build."""
    goes_on = phase.name == "build" and not phase.aborts
    runs = [_command(each) for each in phase.commands]
    begins = '"$CODEBUILD_BUILD_SUCCEEDING" = 1' if phase.name != "post_build" else "1 = 1"
    return [
        f"if [ {begins} ]; then",
        f"__phase={phase.name.upper()} __ok=true",
        "while :; do",
        *runs,
        "break; done",
        *(f"eval {shlex.quote(each)}" for each in phase.finally_),
        '[ "$__ok" = true ] || export CODEBUILD_BUILD_SUCCEEDING=0',
        "__tell $__ok",
        *([] if goes_on else ['[ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] || exit 1']),
        "fi",
    ]


def _command(text: str) -> str:
    said = json.dumps(f"[Container] Running command {text.splitlines()[0] if text else ''}")
    run = f"eval {shlex.quote(text)}\n__status=$?"
    return f"printf '%s\\n' {shlex.quote(json.loads(said))}\n{run}\n[ $__status = 0 ] || {{ __ok=false; break; }}"
