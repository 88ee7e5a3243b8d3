from __future__ import annotations

import pytest
from model_monitor.job import JobError
from model_monitor.settings import read_settings
from monitor_run import Monitor


@pytest.mark.parametrize(
    ("dataset_format", "header"),
    [
        ('{"csv": {"header": false, "output_columns_position": "START"}}', False),
        ('{"csv": {"header": true}}', True),
        ('{"csv": {"header": "true"}}', True),
        ('{"csv": {"header": "False"}}', False),
        ('{"csv": {}}', False),
    ],
)
def test_the_format_says_whether_there_is_a_header(monitor: Monitor, dataset_format: str, header: bool) -> None:
    assert read_settings(monitor.environment("1\n", dataset_format=dataset_format)).header is header


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"dataset_source": ""}, "the variable dataset_source is required"),
        ({"output_path": ""}, "the variable output_path is required"),
        ({"dataset_format": ""}, "the variable dataset_format is required"),
        ({"dataset_format": "csv"}, r"dataset_format must be like \{\"csv\": .*, got: csv"),
        ({"dataset_format": "[]"}, "dataset_format must be like"),
        ({"dataset_format": '{"json": {"lines": true}}'}, "dataset_format must be csv on this machine, got: json"),
        ({"dataset_format": '{"parquet": {}}'}, "dataset_format must be csv on this machine, got: parquet"),
        ({"dataset_format": '{"csv": {"header": 1}}'}, "csv.header must be true or false, got: 1"),
        ({"publish_cloudwatch_metrics": "yes"}, "publish_cloudwatch_metrics must be Disabled or Enabled, got: 'yes'"),
        ({"analysis_type": "BIAS"}, "analysis_type must be DATA_QUALITY or MODEL_QUALITY, got: 'BIAS'"),
        ({"record_preprocessor_script": "/x.py"}, "record_preprocessor_script is not supported on this machine"),
    ],
)
def test_a_variable_that_cannot_be_obeyed_is_refused(monitor: Monitor, variables: dict[str, str], message: str) -> None:
    with pytest.raises(JobError, match=message):
        read_settings(monitor.environment("1\n", **variables))
