from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from container import Container
from pipeline_jobs import DEFINITION, SCRIPTS, STEPS, PipelineRun

MODEL = "Steps.Mammo-Train.ModelArtifacts.S3ModelArtifacts"


def output(run: PipelineRun, step: str, name: str) -> Path:
    return run.objects[f"Steps.{step}.ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri"]


def rows(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_a_job_sees_its_own_folder_as_opt_ml_and_the_machine_keeps_its_opt(container: Container) -> None:
    before = sorted(os.listdir("/opt")), Path("/opt/ml").exists()
    folders = {path.name for path in Path("/opt").glob("[!.]*") if path.is_dir()}
    container.clear()
    (container.ml / "input").mkdir()
    inside = container.run(["sh", "-c", "touch /opt/ml/made; ls /opt/ml; ls -A /opt"])
    assert inside.stdout.split()[:2] == ["input", "made"]
    assert folders <= set(inside.stdout.split())
    assert (container.ml / "made").exists()
    assert (sorted(os.listdir("/opt")), Path("/opt/ml").exists()) == before


def test_preprocess_writes_every_output_of_the_definition_where_it_is_taken_from(pipeline: PipelineRun) -> None:
    outputs = STEPS["Mammo-PreProcessing"]["Arguments"]["ProcessingOutputConfig"]["Outputs"]
    folders = {entry["OutputName"]: output(pipeline, "Mammo-PreProcessing", entry["OutputName"]) for entry in outputs}
    counts = {name: [rows(path) for path in folder.iterdir()] for name, folder in folders.items()}
    assert counts == {"train": [575], "validation": [123], "test": [124], "baseline": [575]}


def test_training_prints_the_definitions_metric_for_every_round_of_its_channels(pipeline: PipelineRun) -> None:
    rounds = re.findall(
        r"^\[(\d+)\]\ttrain-auc:\d\.\d{5}\tvalidation-auc:\d\.\d{5}$", pipeline.logs["Mammo-Train"], re.MULTILINE
    )
    hyperparameters = STEPS["Mammo-Train"]["Arguments"]["HyperParameters"]
    assert rounds == [str(number) for number in range(int(hyperparameters["num_round"]))]


def test_evaluate_finds_an_auc_of_0_85_where_the_condition_looks_for_it(pipeline: PipelineRun) -> None:
    condition, _floor = STEPS["Mammo-CheckAUCScore"]["Arguments"]["Conditions"]
    [report] = STEPS["Mammo-Eval"]["PropertyFiles"]
    value = json.loads((output(pipeline, "Mammo-Eval", report["OutputName"]) / report["FilePath"]).read_text())
    for key in condition["LeftValue"]["Std:JsonGet"]["Path"].split("."):
        value = value[key]
    defaults = {parameter["Name"]: parameter.get("DefaultValue") for parameter in DEFINITION["Parameters"]}
    assert 0.85 <= value <= 0.98
    assert value > defaults["AucScoreThreshold"]
    assert f"AUC {value:.4f}" in pipeline.logs["Mammo-Eval"]


def test_the_batch_without_missing_values_gets_one_score_a_row(pipeline: PipelineRun) -> None:
    scores = [float(line) for line in pipeline.objects["predictions"].read_text().splitlines()]
    assert len(scores) == rows(pipeline.objects["batch"]) == 48
    assert all(0 < score < 1 for score in scores)
    assert max(scores) > 0.8 > 0.2 > min(scores)


@pytest.mark.parametrize(("step", "script"), [("Mammo-PreProcessing", "preprocess.py"), ("Mammo-Eval", "evaluate.py")])
def test_the_entry_point_is_the_script_that_the_code_input_brings(step: str, script: str) -> None:
    arguments = STEPS[step]["Arguments"]
    [code] = [entry["S3Input"] for entry in arguments["ProcessingInputs"] if entry["InputName"] == "code"]
    assert arguments["AppSpecification"]["ContainerEntrypoint"] == ["python3", f"{code['LocalPath']}/{script}"]
    assert code["S3Uri"].endswith(f"/{script}")
    assert (SCRIPTS / script).exists()
