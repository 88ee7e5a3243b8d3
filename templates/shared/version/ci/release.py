"""Says which version this run deploys, and why: that of MODEL_PACKAGE_ARN, or one that is told plainly."""

from __future__ import annotations

import os

from ci.commands import parser, run
from ci.project import open_session, read_project
from ci.served import served_version
from ci.version import choose, write_version


def main() -> None:
    arguments = parser(__doc__).parse_args()
    project = read_project()
    session = open_session(project, arguments.as_me)
    given = os.environ.get("MODEL_PACKAGE_ARN", "").strip()
    version = choose(session, project, given, served_version(session, project, "staging"))
    write_version(version)
    print(f"Version   {version.arn}\nWhy       {version.why}\nAUC       {version.auc:.4f}")


if __name__ == "__main__":
    run(main)
