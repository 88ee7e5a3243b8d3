"""Deploys the training pipeline, runs it, and says which version it registered, how good that is, and where to look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3

from ci.commands import InputError, RunError, parser, run
from ci.execution import deploy_pipeline, run_pipeline
from ci.project import Project, open_session, read_json, read_project
from ci.scripts import upload_scripts
from ci.storage import link, read_report
from pipelines.jobs import open_context
from pipelines.pipeline import build_pipeline, inputs

SETTINGS = Path("config/build.json")
RESULT = Path("release/version.json")


def read_minimum(path: Path = SETTINGS) -> float:
    """The AUC that a version must have."""
    minimum = read_json(path).get("minimumAuc")
    if isinstance(minimum, bool) or not isinstance(minimum, int | float) or not 0.5 <= minimum <= 1:
        raise InputError(f"{path}: minimumAuc must be a number from 0.5 to 1, got: {json.dumps(minimum)}")
    return float(minimum)


def registered(session: boto3.Session, steps: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The version that an execution has registered, with its metrics."""
    metadata = [step.get("Metadata", {}) for step in steps.values()]
    arns = [each["RegisterModel"]["Arn"] for each in metadata if "RegisterModel" in each]
    if len(arns) != 1:
        raise RunError(f"the pipeline must register one version, and registered {len(arns)}")
    described = session.client("sagemaker").describe_model_package(ModelPackageName=arns[0])
    evaluation = described["ModelMetrics"]["ModelQuality"]["Statistics"]["S3Uri"]
    metrics = read_report(session, evaluation)["binary_classification_metrics"]
    return {
        "version": arns[0],
        "status": described["ModelApprovalStatus"],
        "metrics": {name: metric["value"] for name, metric in metrics.items()},
        "evaluation": evaluation,
    }


def say(project: Project, result: Mapping[str, Any]) -> None:
    print(f"Version   {result['version']} ({result['status']})")
    for name, value in result["metrics"].items():
        print(f"{name.upper() if name == 'auc' else name.capitalize():9} {value:.4f}")
    print(f"Link      {link(project, result['evaluation'])}")


def main() -> None:
    arguments = parser(__doc__).parse_args()
    project = read_project()
    minimum = read_minimum()
    session = open_session(project, arguments.as_me)
    given = inputs(session, project)
    context = open_context(project, upload_scripts(session, project), session)
    pipeline = build_pipeline(context, given, minimum)
    deploy_pipeline(session, project, pipeline.name, pipeline.definition(), project.tags())
    result = registered(session, run_pipeline(session, pipeline.name, {}).steps)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    say(project, result)


if __name__ == "__main__":
    run(main)
