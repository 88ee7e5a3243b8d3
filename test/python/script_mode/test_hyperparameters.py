"""Hyperparameters as a script's arguments and variables, as the toolkit writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from script_mode.environment import variables_of
from script_mode.hyperparameters import Hyperparameters, arguments_of, hyperparameters_of


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ({}, []),
        ({"max-depth": "3"}, ["--max-depth", "3"]),
        ({"b": '"text"', "a_a": "0.5"}, ["--a_a", "0.5", "-b", "text"]),
        ({"plain": "not JSON", "list": "[1, 2]"}, ["--list", "[1, 2]", "--plain", "not JSON"]),
        ({"flag": "true", "none": "null"}, ["--flag", "True", "--none", ""]),
        ({"map": '{"z": 1, "a": "b"}'}, ["--map", "a=b,z=1"]),
        ({"sagemaker_program": '"t.py"', "sagemaker_other": "1", "_tuning_objective_metric": "auc"}, []),
    ],
)
def test_the_users_hyperparameters_are_arguments_by_name(given: dict[str, str], arguments: list[str]) -> None:
    assert arguments_of(hyperparameters_of(given).user) == arguments


@pytest.fixture
def variables(root: Path) -> dict[str, str]:
    hyperparameters: Hyperparameters = hyperparameters_of(
        {"max-depth": "3", "name": '"é"', "sagemaker_submit_directory": '"s3://b/k"', "sagemaker_mpi_enabled": "false"}
    )
    resources = {"current_host": "algo-1", "hosts": ["algo-1"], "current_instance_type": "ml.m5.large"}
    return variables_of(hyperparameters, "train.py", resources, {"train": {}, "Test": {}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SM_HPS", '{"max-depth":3,"name":"\\u00e9"}'),
        ("SM_HP_MAX-DEPTH", "3"),
        ("SM_HP_NAME", "é"),
        ("SM_USER_ARGS", '["--max-depth","3","--name","\\u00e9"]'),
        ("SM_USER_ENTRY_POINT", "train.py"),
        ("SM_MODULE_NAME", "train"),
        ("SM_MODULE_DIR", "s3://b/k"),
        ("SM_CHANNELS", '["Test","train"]'),
        ("SM_CHANNEL_TRAIN", "{root}/input/data/train"),
        ("SM_CHANNEL_TEST", "{root}/input/data/Test"),
        ("SM_MODEL_DIR", "{root}/model"),
        ("SM_OUTPUT_DATA_DIR", "{root}/output/data"),
        ("SM_OUTPUT_DIR", "{root}/output"),
        ("SM_INPUT_CONFIG_DIR", "{root}/input/config"),
        ("SM_HOSTS", '["algo-1"]'),
        ("SM_CURRENT_HOST", "algo-1"),
        ("SM_CURRENT_INSTANCE_TYPE", "ml.m5.large"),
        ("SM_NETWORK_INTERFACE_NAME", "eth0"),
        ("SM_NUM_GPUS", "0"),
        ("SM_LOG_LEVEL", "20"),
        ("SM_FRAMEWORK_PARAMS", '{"sagemaker_mpi_enabled":false}'),
    ],
)
def test_a_script_has_variables(variables: dict[str, str], root: Path, name: str, value: str) -> None:
    assert variables[name] == value.replace("{root}", str(root))


def test_all_that_is_known_is_told_at_once(variables: dict[str, str], root: Path) -> None:
    told = json.loads(variables["SM_TRAINING_ENV"])
    assert told["hyperparameters"] == {"max-depth": 3, "name": "é"}
    assert told["channel_input_dirs"] == {each: f"{root}/input/data/{each}" for each in ("train", "Test")}
    assert told["is_master"] is True
    assert int(variables["SM_NUM_CPUS"]) > 0
    assert "SM_HYPERPARAMETERS" not in variables
