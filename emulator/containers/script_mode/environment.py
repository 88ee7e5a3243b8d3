"""
What a training script finds in its environment: `SM_MODEL_DIR`, `SM_CHANNEL_TRAIN`, `SM_HPS`.
https://github.com/aws/sagemaker-training-toolkit/blob/master/ENVIRONMENT_VARIABLES.md
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from typing import Any

from script_mode.container import code_folder, ml_root
from script_mode.hyperparameters import Hyperparameters, arguments_of


def variables_of(
    hyperparameters: Hyperparameters, program: str, resources: Mapping[str, Any], channels: Mapping[str, Any]
) -> dict[str, str]:
    """
    As the toolkit names and writes them.

    resources: resourceconfig.json
    channels: inputdataconfig.json
    """
    known = _known(hyperparameters, program, resources, channels)
    folders = known["channel_input_dirs"]
    variables = {
        **{name: value for name, value in known.items() if name not in _ONLY_IN_TRAINING_ENV},
        "hps": hyperparameters.user,
        "framework_params": hyperparameters.framework,
        "channels": sorted(folders),
        "training_env": known,
        "user_args": arguments_of(hyperparameters.user),
        **{f"channel_{name}": folder for name, folder in folders.items()},
        **{f"hp_{name}": value for name, value in hyperparameters.user.items()},
    }
    return {f"SM_{name.upper()}": _text(value) for name, value in variables.items()}


_ONLY_IN_TRAINING_ENV = frozenset(
    {
        *("additional_framework_parameters", "channel_input_dirs", "hyperparameters", "is_master", "job_name"),
        *("master_hostname", "distribution_hosts"),
    }
)


def _known(
    hyperparameters: Hyperparameters, program: str, resources: Mapping[str, Any], channels: Mapping[str, Any]
) -> dict[str, Any]:
    """The toolkit's properties of its environment, which SM_TRAINING_ENV tells all of."""
    root, hosts, groups = ml_root(), resources["hosts"], resources.get("instance_groups", [])
    group = resources.get("current_group_name", "homogeneousCluster")
    return {
        "additional_framework_parameters": hyperparameters.framework,
        "channel_input_dirs": {name: str(root / "input/data" / name) for name in channels},
        "current_host": resources["current_host"],
        "current_instance_group": group,
        "current_instance_group_hosts": hosts,
        "current_instance_type": resources.get("current_instance_type", "local"),
        "distribution_hosts": hosts,
        "distribution_instance_groups": [],
        "framework_module": os.environ.get("SAGEMAKER_TRAINING_MODULE"),
        "hosts": hosts,
        "hyperparameters": hyperparameters.user,
        "input_config_dir": str(root / "input/config"),
        "input_data_config": channels,
        "input_dir": str(root / "input"),
        "instance_groups": [each["instance_group_name"] for each in groups],
        "instance_groups_dict": {each["instance_group_name"]: each for each in groups},
        "is_hetero": len(groups) > 1,
        "is_master": resources["current_host"] == hosts[0],
        "job_name": os.environ.get("TRAINING_JOB_NAME"),
        "log_level": hyperparameters.own.get("sagemaker_container_log_level", logging.INFO),
        "master_hostname": hosts[0],
        "model_dir": str(root / "model"),
        "module_dir": hyperparameters.own.get("sagemaker_submit_directory", str(code_folder())),
        "module_name": program.removesuffix(".py"),
        "network_interface_name": resources.get("network_interface_name", "eth0"),
        "num_cpus": os.cpu_count(),
        "num_gpus": 0,  # the libraries here are those for processors
        "num_neurons": 0,
        "output_data_dir": str(root / "output/data"),
        "output_dir": str(root / "output"),
        "output_intermediate_dir": str(root / "output/intermediate"),
        "resource_config": resources,
        "user_entry_point": program,
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, separators=(",", ":"))
