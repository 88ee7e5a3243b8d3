"""Deploys the preprocessing pipeline, runs it, and says what the build repository trains with from now on."""

from __future__ import annotations

import json

from ci.commands import parser, run
from ci.data import bring, read_settings
from ci.execution import deploy_pipeline, run_pipeline
from ci.project import open_session, read_project
from ci.scripts import upload_scripts
from ci.storage import place, put
from pipelines.jobs import open_context
from pipelines.pipeline import preprocess_pipeline

# Below the project's prefix: which execution's rows the next build trains with.
CURRENT = "prepared/current.json"


def main() -> None:
    arguments = parser(__doc__).parse_args()
    project = read_project()
    rows = read_settings()
    session = open_session(project, arguments.as_me)
    source = bring(session, project, rows)
    pipeline = preprocess_pipeline(open_context(project, upload_scripts(session, project), session), rows)
    deploy_pipeline(session, project, pipeline.name, pipeline.definition(), project.tags())
    execution = run_pipeline(session, pipeline.name, {})
    made = {"prepared": place(project, "runs", execution.id), "rows": source, "execution": execution.arn}
    put(session, project, place(project, CURRENT), json.dumps(made, indent=2).encode())
    print(f"Prepared  {made['prepared']}")


if __name__ == "__main__":
    run(main)
