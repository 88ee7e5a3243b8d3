"""The jobs of the train pipeline as its definition says, and a batch scored with the model they make.

The definition is the one that AWS's own SDK renders (test/parity/golden). Objects stand for S3: what a reference or
an address in the definition means, as a file or folder.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from container import CONTAINERS, Container
from prepare_data import SHIPPED_DATA, prepare, write_all
from preprocess import read_file

REPOSITORY = Path(__file__).parents[3]
SCRIPTS = REPOSITORY / "pipelines" / "mammo-severity" / "scripts"
DEFINITION: dict[str, Any] = json.loads((REPOSITORY / "test/parity/golden/train.json").read_text())
STEPS: dict[str, dict[str, Any]] = {step["Name"]: step for step in DEFINITION["Steps"]}
XGBOOST = {"PYTHONPATH": str(CONTAINERS)}


@dataclass(frozen=True)
class PipelineRun:
    objects: dict[str, Path] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)


def run_pipeline(container: Container, folder: Path) -> PipelineRun:
    """Part 1 of the shipped data through every job up to the evaluation, then the batch without missing values."""
    write_all(prepare(read_file(SHIPPED_DATA)), folder / "data")
    run = PipelineRun({"Parameters.InputDataUrl": folder / "data" / "mammo-train-dataset-part1.csv"})
    run_processing(container, STEPS["Mammo-PreProcessing"], run, folder)
    run_training(container, STEPS["Mammo-Train"], run, folder)
    run_processing(container, STEPS["Mammo-Eval"], run, folder)
    run_transform(container, folder / "data" / "mammo-batch-dataset.csv", run, folder)
    return run


def run_processing(container: Container, step: Mapping[str, Any], run: PipelineRun, folder: Path) -> None:
    """Inputs to their local paths, the entry point, outputs from theirs."""
    arguments = step["Arguments"]
    container.clear()
    for entry in arguments["ProcessingInputs"]:
        download(entry["S3Input"]["S3Uri"], container.outside(entry["S3Input"]["LocalPath"]), run)
    outputs = arguments["ProcessingOutputConfig"]["Outputs"]
    for output in outputs:
        container.outside(output["S3Output"]["LocalPath"]).mkdir(parents=True, exist_ok=True)
    application = arguments["AppSpecification"]
    command = [*application["ContainerEntrypoint"], *application.get("ContainerArguments", [])]
    run_job(container, step["Name"], command, arguments.get("Environment", {}), run)
    for output in outputs:
        reference = f"Steps.{step['Name']}.ProcessingOutputConfig.Outputs['{output['OutputName']}'].S3Output.S3Uri"
        run.objects[reference] = folder / step["Name"] / output["OutputName"]
        shutil.copytree(container.outside(output["S3Output"]["LocalPath"]), run.objects[reference])


def run_training(container: Container, step: Mapping[str, Any], run: PipelineRun, folder: Path) -> None:
    """Channels and configuration as SageMaker lays them out; model.tar.gz of what is in /opt/ml/model after it."""
    arguments = step["Arguments"]
    container.clear()
    for channel in arguments["InputDataConfig"]:
        place = container.outside(f"/opt/ml/input/data/{channel['ChannelName']}")
        download(channel["DataSource"]["S3DataSource"]["S3Uri"], place, run)
    configuration = container.outside("/opt/ml/input/config")
    configuration.mkdir()
    (configuration / "hyperparameters.json").write_text(json.dumps(arguments["HyperParameters"]))
    (configuration / "inputdataconfig.json").write_text(json.dumps(channel_configuration(arguments)))
    run_job(container, step["Name"], ["python3", "-m", "xgboost_image", "train"], XGBOOST, run)
    artifact = folder / step["Name"] / "model.tar.gz"
    artifact.parent.mkdir()
    with tarfile.open(artifact, "w:gz") as tar:
        for path in sorted(container.outside("/opt/ml/model").iterdir()):
            tar.add(path, path.name)
    run.objects[f"Steps.{step['Name']}.ModelArtifacts.S3ModelArtifacts"] = artifact


def channel_configuration(arguments: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html"""
    return {
        channel["ChannelName"]: {
            "ContentType": channel["ContentType"],
            "TrainingInputMode": arguments["AlgorithmSpecification"]["TrainingInputMode"],
            "S3DistributionType": channel["DataSource"]["S3DataSource"]["S3DataDistributionType"],
            "RecordWrapperType": "None",
        }
        for channel in arguments["InputDataConfig"]
    }


def run_transform(container: Container, batch: Path, run: PipelineRun, folder: Path) -> None:
    container.clear()
    place = container.outside("/opt/ml/input/data")
    place.mkdir(parents=True)
    shutil.copy(batch, place)
    environment = {
        **XGBOOST,
        "MODEL_DATA": str(run.objects["Steps.Mammo-Train.ModelArtifacts.S3ModelArtifacts"]),
        "INPUT_FOLDER": "/opt/ml/input/data",
        "OUTPUT_FOLDER": str(folder),
        "CONTENT_TYPE": "text/csv",
        "ACCEPT": "text/csv",
        "SPLIT_TYPE": "Line",
        "ASSEMBLE_WITH": "Line",
    }
    run_job(container, "transform", ["python3", "-m", "xgboost_image", "transform"], environment, run)
    run.objects["batch"], run.objects["predictions"] = batch, folder / f"{batch.name}.out"


def download(uri: str | Mapping[str, str], place: Path, run: PipelineRun) -> None:
    """What is at an address, into a folder: a file under its own name, or all that a prefix holds."""
    source = SCRIPTS / Path(uri).name if isinstance(uri, str) else run.objects[uri["Get"]]
    if source.is_dir():
        shutil.copytree(source, place)
    else:
        place.mkdir(parents=True)
        shutil.copy(source, place)


def run_job(
    container: Container, name: str, command: list[str], environment: Mapping[str, str], run: PipelineRun
) -> None:
    result = container.run(command, environment)
    run.logs[name] = result.stdout
    assert result.returncode == 0, f"{name}: {result.stderr}"
