"""Definitions that SageMaker refuses when a pipeline is made. An address says who was told so by AWS."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account

GOLDEN = Path(__file__).parents[3] / "parity/golden"
ROLE = "arn:aws:iam::111111111111:role/r"


def processing(**more: Any) -> dict[str, Any]:
    arguments = {
        "ProcessingResources": {
            "ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30}
        },
        "AppSpecification": {"ImageUri": "image"},
        "RoleArn": ROLE,
        **more,
    }
    return {"Name": "Prepare", "Type": "Processing", "Arguments": arguments}


def definition(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    parameters = [{"Name": name, "Type": name, "DefaultValue": value} for name, value in DEFAULTS.items()]
    return {"Version": "2020-12-01", "Parameters": parameters, "Steps": list(steps or [processing()]), **more}


DEFAULTS = {"String": "a", "Integer": 1, "Float": 0.5, "Boolean": True}


def gate(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    conditions = [{"Type": "Equals", "LeftValue": 1, "RightValue": 1}]
    return {"Name": "Gate", "Type": "Condition", "Arguments": {"Conditions": conditions, "IfSteps": steps}, **more}


def parameter(name: str) -> dict[str, str]:
    return {"Get": f"Parameters.{name}"}


def create(account: Account, text: object, name: str = "p") -> None:
    body = text if isinstance(text, str) else json.dumps(text)
    account.client("sagemaker").create_pipeline(
        PipelineName=name, PipelineDefinition=body, RoleArn=ROLE, ClientRequestToken="t" * 32
    )


def refusal(account: Account, text: object) -> str:
    with pytest.raises(ClientError) as caught:
        create(account, text)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    return str(caught.value.response["Error"]["Message"])


def start_refusal(account: Account, text: object) -> str:
    """What an execution is refused of, of a pipeline that is made all the same."""
    create(account, text)
    with pytest.raises(ClientError) as caught:
        account.client("sagemaker").start_pipeline_execution(PipelineName="p")
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    told = str(caught.value.response["Error"]["Message"])
    assert told.startswith("Local AWS cannot run this pipeline: ")
    return told


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_what_the_sdk_renders_is_taken(account: Account, file: Path) -> None:
    """A file has one definition, or a model's by name."""
    content = json.loads(file.read_text())
    for name, text in ({"p": content} if "Steps" in content else content).items():
        create(account, text, name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "It is not JSON"),
        ("[]", "Expecting start of Json Object."),
        (json.dumps(definition())[:-1] + ', "Metadata": NaN}', "NaN is no number"),
        (definition(Version="2021"), "Unknown version: '2021'"),
        (definition(Parameters=None), "Expecting start of Json Array. (Parameters)"),
        (definition(Steps=[]), "A pipeline must have at least one step"),
        (definition(Steps=None), "Expecting start of Json Array. (Steps)"),
        (definition(Parameters=[{"Name": "A", "Type": "Date"}]), "Unknown type of parameter A: 'Date'"),
        (definition(Parameters=[{"Name": "A", "Type": "String"}] * 2), "Parameter names must be unique"),
        (definition(Parameters=[{"Name": "a b", "Type": "String"}]), "got: 'a b'"),
        (definition(processing(), processing()), "Step names must be unique, got 'Prepare' twice"),
        (definition(processing(), gate(processing())), "Step names must be unique, got 'Prepare' twice"),
        (
            definition({**processing(), "Name": "no spaces"}),
            "must be 1 to 64 letters, digits, - and _, got 'no spaces'",
        ),
        (definition({"Name": "A", "Type": "Proccessing"}), "Unknown type of step A: 'Proccessing'"),
        (definition(gate({"Name": "A", "Type": "Proccessing"})), "Unknown type of step A: 'Proccessing'"),
        (definition({**processing(), "DependsOn": ["Other"]}), "Unknown step 'Other'"),
        (definition({**processing(), "DependOn": []}), "Cannot parse object, unknown property 'DependOn'. (Prepare)"),
        (definition(gate(CacheConfig={"Enabled": True})), "unknown property 'CacheConfig'. (Gate)"),
        (definition(Triggers=[]), "Cannot parse object, unknown property 'Triggers'. (the definition)"),
        (definition({**processing(), "DependsOn": "Prepare"}), "Expecting start of Json Array. (Prepare.DependsOn)"),
        (definition({**processing(), "DependsOn": ["Prepare"]}), "graph. (Prepare → Prepare)"),
        (definition(gate(processing(), DependsOn=["Prepare"])), "graph. (Gate → Prepare → Gate)"),
    ],
)
def test_a_frame_that_is_not_sagemakers_is_refused(account: Account, text: object, message: str) -> None:
    assert message in refusal(account, text)


@pytest.mark.parametrize(
    ("kind", "default"),
    [("Integer", "1"), ("Integer", 1.5), ("Integer", True), ("Float", "x"), ("String", 1), ("Boolean", "true")],
)
def test_a_default_of_another_type_is_refused(account: Account, kind: str, default: object) -> None:
    parameters = [{"Name": "A", "Type": kind, "DefaultValue": default}]
    assert f"must be of type {kind}, got: {default!r}" in refusal(account, definition(Parameters=parameters))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"Default": "a"}, "Cannot parse object, unknown property 'Default'. (parameter A)"),
        # https://github.com/aws/sagemaker-python-sdk/issues/2314
        ({"EnumValues": [str(value) for value in range(17)]}, "Parameter A may have 16 values, got: 17"),
    ],
)
def test_a_parameter_that_is_not_sagemakers_is_refused(account: Account, more: dict[str, object], message: str) -> None:
    assert message in refusal(account, definition(Parameters=[{"Name": "A", "Type": "String", **more}]))


def test_a_default_outside_the_parameters_own_values_is_refused(account: Account) -> None:
    parameters = [{"Name": "A", "Type": "String", "DefaultValue": "red", "EnumValues": ["blue"]}]
    message = refusal(account, definition(Parameters=parameters))
    assert "Default value of parameter A must be one of ['blue'], got: 'red'" in message


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (processing() | {"RetryPolicies": [{"ExceptionType": ["Step.OOM"]}]}, "Unknown exception type 'Step.OOM'"),
        (
            processing()
            | {"RetryPolicies": [{"ExceptionType": ["Step.THROTTLING"], "MaxAttempts": 1, "ExpireAfterMin": 1}]},
            "MaxAttempts or ExpireAfterMin, not both",
        ),
        (processing() | {"CacheConfig": {"Enabled": True, "ExpireAfter": "soon"}}, "Not an ISO 8601 duration: 'soon'"),
        # https://github.com/aws/sagemaker-python-sdk/issues/3922
        (
            {"Name": "Ask", "Type": "Lambda", "FunctionArn": "f", "RetryPolicies": []},
            "unknown property 'RetryPolicies'. (Ask)",
        ),
        (processing() | {"CacheConfig": {"Enabled": True, "Expires": "P1D"}}, "'Expires'. (Prepare.CacheConfig)"),
        (
            processing() | {"RetryPolicies": [{"ExceptionTypes": ["Step.THROTTLING"]}]},
            "unknown property 'ExceptionTypes'. (Prepare.RetryPolicies)",
        ),
        (processing() | {"DisplayName": "a" * 257}, "DisplayName must have length less than or equal to 256 (Prepare)"),
        (
            {
                "Name": "Ask",
                "Type": "Lambda",
                "FunctionArn": "f",
                "OutputParameters": [{"OutputName": f"o{index}", "OutputType": "String"} for index in range(51)],
            },
            "OutputParameters must have length less than or equal to 50 (Ask)",
        ),
        ({"Name": "Ask", "Type": "Lambda"}, "Missing required member 'FunctionArn' (Ask)"),
        ({"Name": "Ask", "Type": "Callback"}, "Missing required member 'SqsQueueUrl' (Ask)"),
        (
            {"Name": "Ask", "Type": "Lambda", "FunctionArn": "f", "OutputParameters": [{"OutputName": "a"}]},
            "An output has a name and a type of String, Integer, Float, Boolean, got {'OutputName': 'a'}",
        ),
        (gate() | {"Arguments": {"Conditions": [{"Type": "Like"}]}}, "Unknown type of condition: 'Like'"),
        # https://github.com/aws/sagemaker-python-sdk/issues/2746
        (
            gate() | {"Arguments": {"Conditions": [{"Type": "Not", "Expression": {}}]}},
            "Cannot parse object, unknown property 'Expression'.",
        ),
        (gate() | {"Arguments": {"Conditions": [{"Type": "In", "Values": [1]}]}}, "required member 'QueryValue'"),
        (
            gate() | {"Arguments": {"Conditions": [{"Type": "Not", "Condition": {"Type": "Equals"}}]}},
            "Missing required member 'LeftValue' (Gate.Arguments.Conditions.Not)",
        ),
        (gate() | {"Arguments": {}}, "Expecting start of Json Array. (Gate.Arguments.Conditions)"),
        # https://github.com/aws/sagemaker-python-sdk/pull/3472
        (
            {"Name": "R", "Type": "RegisterModel", "Arguments": {"ModelPackageName": "m"}},
            "Unknown Argument member 'ModelPackageName'",
        ),
    ],
)
def test_what_is_a_steps_own_is_checked(account: Account, step: dict[str, Any], message: str) -> None:
    assert message in refusal(account, definition(step))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        # https://github.com/aws/sagemaker-python-sdk/issues/4994
        ({"Environmnt": {}}, "Unknown Argument member 'Environmnt'"),
        # https://github.com/aws/sagemaker-python-sdk/issues/2345
        (
            {
                "NetworkConfig": {
                    "VpcConfig": {"Subnets": parameter("String"), "SecurityGroupIds": [parameter("String")]}
                }
            },
            "Expecting start of Json Array.",
        ),
        # https://github.com/aws/sagemaker-python-sdk/issues/3908
        ({"NetworkConfig": "none"}, "Expecting start of Json Object."),
        # https://github.com/aws/sagemaker-python-sdk/issues/4867
        (
            {
                "AppSpecification": {
                    "ImageUri": "image",
                    "ContainerArguments": ["--rows", parameter("Integer")],
                }
            },
            "Cannot assign property reference [Parameters.Integer] to argument of type [String].",
        ),
        ({"Environment": {"N": parameter("Integer")}}, "[Parameters.Integer] to argument of type [String]."),
        ({"Environment": {"N": parameter("Boolean")}}, "[Parameters.Boolean] to argument of type [String]."),
        # https://github.com/aws/sagemaker-python-sdk/issues/5099
        (
            {"AppSpecification": {"ImageUri": "image", "ContainerArguments": ["a" * 257]}},
            f"Model Validation failed: string '{'a' * 257}' with length=257 cannot be greater than max=256.0 "
            "defined for ContainerArgument.",
        ),
        # https://github.com/getindata/kedro-sagemaker/issues/14
        (
            {"Environment": {f"V{number}": "v" for number in range(101)}},
            "Model Validation failed: container ProcessingEnvironmentMap length (101) exceeds maximum limit (100).",
        ),
        ({"Environment": {"N": 3}}, "Expecting a value of type String, got: 3"),
        ({"StoppingCondition": {"MaxRuntimeInSeconds": "60"}}, "Expecting a value of type Integer, got: '60'"),
        (
            {"StoppingCondition": {"MaxRuntimeInSeconds": parameter("String")}},
            "Cannot assign property reference [Parameters.String] to argument of type [Integer].",
        ),
        ({"RoleArn": None}, "Missing required argument 'RoleArn'"),
        ({"RoleArn": {"Get": "Parameters.Strng"}}, "Unknown reference 'Parameters.Strng'"),
        ({"RoleArn": {"Get": "Steps.Other.RoleArn"}}, "Unknown reference 'Steps.Other.RoleArn'"),
        ({"RoleArn": {"Get": "Execution.Role"}}, "Unknown reference 'Execution.Role'"),
        ({"RoleArn": {"Std:Join": {"On": "/", "Values": [{"Get": "Parameters.No"}]}}}, "Unknown reference"),
    ],
)
def test_arguments_are_those_of_the_request_they_become(account: Account, more: dict[str, Any], message: str) -> None:
    assert message in refusal(account, definition(processing(**more)))


def test_a_value_that_a_request_does_not_know_is_refused_with_those_it_does(account: Account) -> None:
    source = {"S3Uri": "s3://b/k", "LocalPath": "/opt/ml/processing/i", "S3DataType": "S3Prefix"}
    given = {"InputName": "i", "S3Input": {**source, "S3InputMode": "FastFile"}}
    message = refusal(account, definition(processing(ProcessingInputs=[given])))
    assert "Value 'FastFile' for 'ProcessingS3InputMode' failed to satisfy enum value set: [Pipe, File]" in message


def output(name: str = "out", **more: Any) -> dict[str, Any]:
    place = {"S3Uri": "s3://b/k", "LocalPath": "/opt/ml/processing/out", "S3UploadMode": "EndOfJob"}
    return {"ProcessingOutputConfig": {"Outputs": [{"OutputName": name, "S3Output": place, **more}]}}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("ProcessingJobArn", None),
        ("ProcessingEndTime", None),
        ("RoleArn", None),
        ("ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri", None),
        ("ProcessingOutputConfig.Outputs[0].S3Output.S3Uri", None),
        ("Environment['A']", None),
        # AWS refuses these.
        ("StoppingCondition.MaxRuntimeInSeconds", "[Steps.Prepare.StoppingCondition.MaxRuntimeInSeconds] to argument"),
        ("ProcessingOutputConfig", "[Steps.Prepare.ProcessingOutputConfig] to argument of type [String]."),
        ("Outputs['out']", "Unknown reference"),
        ("ModelArtifacts.S3ModelArtifacts", "Unknown reference"),
    ],
)
def test_properties_are_those_of_the_description_of_the_job(account: Account, path: str, message: str | None) -> None:
    if message is None:
        create(account, referring(path))
    else:
        assert message in refusal(account, referring(path))


def referring(path: str) -> dict[str, Any]:
    """To a property of the first of two steps."""
    stopping = {"StoppingCondition": {"MaxRuntimeInSeconds": 60}}
    first = processing(**output(), **stopping, Environment={"A": "a"})
    second = {**processing(Environment={"V": {"Get": f"Steps.Prepare.{path}"}}), "Name": "Second"}
    return definition(first, second)


@pytest.mark.parametrize(
    "path",
    [
        "ExitMessage",
        "Environment['B']",
        "ProcessingOutputConfig.Outputs['uot'].S3Output.S3Uri",
        "ProcessingOutputConfig.Outputs[1].S3Output.S3Uri",
        "ProcessingOutputConfig.KmsKeyId",
    ],
)
def test_a_property_that_the_runner_has_nothing_for_is_refused_when_an_execution_starts(
    account: Account, path: str
) -> None:
    assert f"the runner has nothing for 'Steps.Prepare.{path}'" in start_refusal(account, referring(path))


@pytest.mark.parametrize(
    ("step", "path"),
    [
        (gate(), "Steps.Gate.Outcom"),
        ({"Name": "Gate", "Type": "Fail", "Arguments": {"ErrorMessage": "e"}}, "Steps.Gate.ErrorMessage"),
        ({"Name": "Gate", "Type": "Lambda", "FunctionArn": "f"}, "Steps.Gate.OutputParameters['a']"),
        ({**processing(), "Name": "Gate", "Type": "QualityCheck"}, "Steps.Gate.ProcessingJobArn"),
    ],
)
def test_properties_of_steps_without_a_job_are_those_the_sdk_has(
    account: Account, step: dict[str, Any], path: str
) -> None:
    second = processing(Environment={"V": {"Get": path}})
    assert f"Unknown reference '{path}'" in refusal(account, definition(step, second))


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({"Name": "Spark", "Type": "EMR"}, "step Spark is of kind EMR; the runner has Callback, Condition, "),
        (
            gate(
                {
                    "Name": "Deploy",
                    "Type": "Endpoint",
                    "Arguments": {"EndpointName": "e", "EndpointConfigName": "c"},
                }
            ),
            "step Deploy is of kind Endpoint",
        ),
        ({**processing(), "Type": "ClarifyCheck"}, "step Prepare is of kind ClarifyCheck"),
        (
            processing(**output(FeatureStoreOutput={"FeatureGroupName": "g"})),
            "step Prepare: ProcessingOutputConfig.Outputs[].FeatureStoreOutput must not be given for the runner",
        ),
        (
            processing(
                ProcessingInputs=[{"InputName": "i", "S3Input": {"S3Uri": "s3://b/k", "S3DataType": "ManifestFile"}}]
            ),
            'ProcessingInputs[].S3Input.S3DataType must be S3Prefix for the runner, got: "ManifestFile"',
        ),
        (
            {**processing(Environment={"dataset_format": '{"json": {}}'}), "Type": "QualityCheck"},
            'step Prepare: Environment.dataset_format must be {"csv"* for the runner, got: "{\\"json\\": {}}"',
        ),
        (
            processing(Environment={"N": {"Get": "Execution.TrainingJobName"}}),
            "the runner has no variable 'Execution.TrainingJobName' (Prepare.Arguments.Environment.N)",
        ),
    ],
)
def test_what_the_runner_has_not_is_refused_by_name_before_anything_runs(
    account: Account, step: dict[str, Any], message: str
) -> None:
    assert message in start_refusal(account, definition(step))


def test_a_definition_of_sdk_3_is_taken_and_what_mlflow_would_track_is_not_run(account: Account) -> None:
    create(account, definition(processing(), MlflowConfig=None), "untracked")
    assert account.client("sagemaker").start_pipeline_execution(PipelineName="untracked")["PipelineExecutionArn"]
    tracked = definition(processing(), MlflowConfig={"MlflowResourceArn": "arn"})
    assert "MlflowConfig must be null for the runner" in start_refusal(account, tracked)


def test_everything_that_the_runner_has_not_is_told_at_once_and_only_of_steps_that_run(account: Account) -> None:
    spark = {"Name": "Spark", "Type": "EMR", "DependsOn": ["Prepare"]}
    named = processing(Environment={"N": {"Get": "Execution.TrainingJobName"}})
    told = start_refusal(account, definition(processing(), spark, {**named, "Name": "Named"}))
    assert "step Spark is of kind EMR" in told
    assert "Execution.TrainingJobName" in told
    started = account.client("sagemaker").start_pipeline_execution(
        PipelineName="p", SelectiveExecutionConfig={"SelectedSteps": [{"StepName": "Prepare"}]}
    )
    assert started["PipelineExecutionArn"]


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        (parameter("String"), 1, "step Gate: Equals cannot compare String and Integer"),
        (parameter("Float"), "0.5", "step Gate: Equals cannot compare Float and String"),
        (parameter("Boolean"), {"Get": "Execution.PipelineName"}, "cannot compare Boolean and String"),
        (parameter("Float"), parameter("Integer"), None),
    ],
)
def test_values_that_cannot_be_compared_are_refused_when_an_execution_starts(
    account: Account, left: object, right: object, message: str | None
) -> None:
    inner = {"Type": "Equals", "LeftValue": left, "RightValue": right}
    step = gate(processing())
    step["Arguments"]["Conditions"] = [{"Type": "Not", "Condition": inner}]
    if message is None:
        create(account, definition(step))
        assert account.client("sagemaker").start_pipeline_execution(PipelineName="p")["PipelineExecutionArn"]
    else:
        assert message in start_refusal(account, definition(step))


def test_what_the_runner_does_not_filter_is_refused_when_an_execution_starts(account: Account) -> None:
    score = {
        "Name": "Score",
        "Type": "Transform",
        "Arguments": {
            "ModelName": "m",
            "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/k"}}},
            "TransformOutput": {"S3OutputPath": "s3://b/o"},
            "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
            "DataProcessing": {"InputFilter": "$[1:]", "OutputFilter": "$.id"},
        },
    }
    told = start_refusal(account, definition(score))
    assert 'step Score: DataProcessing.OutputFilter must be $ or $[*] or $[COLUMNS] for the runner, got: "$.id"' in told
    assert "InputFilter" not in told


def test_a_list_is_not_joined_as_text(account: Account) -> None:
    outputs = {"Get": "Steps.Prepare.ProcessingOutputConfig.Outputs"}
    second = {**processing(Environment={"V": {"Std:Join": {"On": "", "Values": [outputs]}}}), "Name": "Second"}
    assert "[Steps.Prepare.ProcessingOutputConfig.Outputs] to argument of type [String]." in refusal(
        account, definition(processing(**output()), second)
    )


def test_a_property_file_is_one_that_its_step_has(account: Account) -> None:
    def condition(file: str) -> dict[str, Any]:
        left = {"Std:JsonGet": {"PropertyFile": {"Get": f"Steps.Prepare.PropertyFiles.{file}"}, "Path": "a"}}
        conditions = [{"Type": "Equals", "LeftValue": left, "RightValue": 1}]
        return {"Name": "Ask", "Type": "Condition", "Arguments": {"Conditions": conditions}}

    files = [{"PropertyFileName": "Report", "OutputName": "out", "FilePath": "report.json"}]
    prepare = {**processing(**output()), "PropertyFiles": files}
    create(account, definition(prepare, condition("Report")))
    assert "Unknown property file 'Steps.Prepare.PropertyFiles.Raport'" in refusal(
        account, definition(prepare, condition("Raport"))
    )
    elsewhere = {**processing(**output("other")), "PropertyFiles": files}
    assert "Property file Report is in an output 'out' that the step has not (Prepare.PropertyFiles)" in refusal(
        account, definition(elsewhere)
    )


def test_a_changed_definition_is_checked_as_well_and_the_old_one_kept(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    right = definition()
    create(account, right)
    wrong = deepcopy(right)
    wrong["Steps"][0]["Arguments"]["Entrypoint"] = []
    with pytest.raises(ClientError, match="Unknown Argument member 'Entrypoint'"):
        sagemaker.update_pipeline(PipelineName="p", PipelineDefinition=json.dumps(wrong))
    assert json.loads(sagemaker.describe_pipeline(PipelineName="p")["PipelineDefinition"]) == right
