"""InvokeEndpoint: scores, errors in AWS's words, data capture."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from served_models import CSV, IMAGE, Serving, archive_of, model, scores_of
from started_local_aws import LOCAL_AWS
from worker_client import post


def test_it_scores_as_the_booster_does(served: Serving) -> None:
    answer = served.invoke("steady")
    assert (answer["ContentType"], answer["InvokedProductionVariant"]) == ("text/csv; charset=utf-8", "AllTraffic")
    assert answer["Body"].read().decode() == ",".join(map(str, scores_of()))
    assert served.scores("steady", TargetVariant="AllTraffic") == scores_of()


def failed(serving: Serving, endpoint: str, **given: Any) -> ClientError:
    with pytest.raises(ClientError) as failure:
        serving.invoke(endpoint, **given)
    return failure.value


def test_what_the_model_refuses_is_a_model_error_with_its_status_and_words(served: Serving) -> None:
    error = failed(served, "steady", body="1,2\n").response
    message = (
        "Unable to evaluate payload provided: Feature size of csv inference data 2 is not consistent with feature "
    )
    assert error["Error"]["Code"] == "ModelError"
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert error["OriginalStatusCode"] == 400
    assert error["OriginalMessage"] == f"{message}size of trained model 3"
    assert error["Error"]["Message"] == (
        f'Received client error (400) from primary with message "{message}size of trained model 3". '
        "See https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logEventViewer:group="
        f"/aws/sagemaker/Endpoints/steady in account {served.account.id} for more information."
    )
    logs = served.account.client("logs").filter_log_events(logGroupName="/aws/sagemaker/Endpoints/steady")
    assert logs["events"][-1]["message"] == f"400 {message}size of trained model 3"


@pytest.mark.parametrize(
    ("endpoint_name", "given", "message"),
    [
        ("nowhere", {}, "Endpoint nowhere of account 599999999901 not found."),
        ("steady", {"TargetVariant": "other"}, "Variant other not found for Request"),
        ("steady", {"body": b"1" * 6291457}, "1 validation error detected: Value at 'body' failed to satisfy"),
    ],
)
def test_what_sagemaker_refuses_is_a_validation_error(
    served: Serving, endpoint_name: str, given: dict[str, Any], message: str
) -> None:
    error = failed(served, endpoint_name, **given).response["Error"]
    assert error["Code"] == "ValidationError"
    assert error["Message"].startswith(message)


def test_an_endpoint_that_is_not_in_service_is_not_found(served: Serving) -> None:
    served.serve("never", "torn")
    assert "Endpoint never of account 599999999901 not found." in str(failed(served, "never"))


def test_an_endpoint_is_its_accounts_alone(served: Serving, other_account: Account) -> None:
    error = failed(Serving(other_account), "steady")
    assert f"Endpoint steady of account {other_account.id} not found." in str(error)


def test_other_ways_of_invoking_are_refused_by_name(served: Serving) -> None:
    runtime = served.account.client("sagemaker-runtime")
    with pytest.raises(ClientError, match="it knows InvokeEndpoint and InvokeEndpointAsync, not invocations-response-"):
        runtime.invoke_endpoint_with_response_stream(EndpointName="steady", Body=CSV)


def test_an_object_may_have_the_path_of_an_endpoint(account: Account) -> None:
    s3 = account.client("s3")
    s3.create_bucket(Bucket="endpoints")
    s3.put_object(Bucket="endpoints", Key="steady/invocations", Body=b"1")
    assert s3.get_object(Bucket="endpoints", Key="steady/invocations")["Body"].read() == b"1"


def capturing(serving: Serving, percentage: int, **settings: Any) -> dict[str, Any]:
    modes = [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}]
    place = {"DestinationS3Uri": f"s3://{serving.bucket}/captured/", "CaptureOptions": modes}
    return {"EnableCapture": True, "InitialSamplingPercentage": percentage, **place, **settings}


def test_captured_are_as_many_invocations_as_asked_for_encrypted_with_the_key(served: Serving) -> None:
    key = served.account.client("kms").create_key()["KeyMetadata"]["Arn"]
    types = {"CsvContentTypes": ["text/csv"], "JsonContentTypes": ["application/json"]}
    settings = capturing(served, 80, KmsKeyId=key, CaptureContentTypeHeader=types)
    described = served.serve("captured", DataCaptureConfig=settings)
    assert described["DataCaptureConfig"] == {
        "EnableCapture": True,
        "CaptureStatus": "Started",
        "CurrentSamplingPercentage": 80,
        "DestinationS3Uri": f"s3://{served.bucket}/captured/",
        "KmsKeyId": key,
    }
    for _ in range(5):
        served.invoke("captured", Accept="application/json", InferenceId="mine")
    served.invoke("steady")
    found = served.captured("captured/")
    assert len(found) == 4
    for name, record in found.items():
        assert re.fullmatch(r"captured/captured/AllTraffic/\d{4}/\d\d/\d\d/\d\d/[^/]+\.jsonl", name)
        head = served.account.client("s3").head_object(Bucket=served.bucket, Key=name)
        assert head["SSEKMSKeyId"] == key
        assert record["eventVersion"] == "0"
        assert record["eventMetadata"]["inferenceId"] == "mine"
        given, answer = (record["captureData"][f"endpoint{each}"] for each in ("Input", "Output"))
        assert given == {"observedContentType": "text/csv", "mode": "INPUT", "data": CSV, "encoding": "CSV"}
        assert (answer["mode"], answer["encoding"]) == ("OUTPUT", "JSON")
        assert str(scores_of()[0]) in answer["data"]


def test_what_is_captured_is_encoded_where_its_content_type_is_not_named_and_only_what_is_asked_for(
    served: Serving,
) -> None:
    settings = {**capturing(served, 100), "CaptureOptions": [{"CaptureMode": "Input"}]}
    served.serve("encoded", DataCaptureConfig=settings)
    served.invoke("encoded")
    (record,) = served.captured("captured/encoded/").values()
    assert list(record["captureData"]) == ["endpointInput"]
    given = record["captureData"]["endpointInput"]
    assert (given["encoding"], base64.b64decode(given["data"]).decode()) == ("BASE64", CSV)


def test_a_fork_serves_what_its_origin_serves_with_programs_of_its_own(served: Serving) -> None:
    fork = post(served.account.endpoint, "Fork", b"{}")
    theirs = Serving(Account(f"http://127.0.0.1:{fork['port']}", served.account.id))
    assert theirs.scores("steady") == scores_of()
    theirs.sagemaker.delete_endpoint(EndpointName="steady")
    assert served.scores("steady") == scores_of()
    os.kill(fork["pid"], signal.SIGTERM)


STARTS_A_PROGRAM = """
import sys
from mlops_moto.sagemaker.endpoints.images import Image
from mlops_moto.sagemaker.endpoints.programs import Files, Program
files = Files(sys.stdin.buffer.read(), None)
program = Program(Image(sys.argv[1], isolated=False), files, {})
print(program._child.process.pid, flush=True)
import time; time.sleep(600)
"""


def test_a_program_ends_with_whoever_started_it_however_that_ends() -> None:
    command = [sys.executable, "-c", STARTS_A_PROGRAM, IMAGE]
    environment = {**os.environ, "PYTHONPATH": str(LOCAL_AWS)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(archive_of(bytes(model().save_raw("ubj"))))
        process.stdin.close()
        program = int(process.stdout.readline())
        os.kill(program, 0)
        process.kill()
        process.wait()
    while True:  # it ends in its own time, which is not this test's to say
        try:
            os.kill(program, 0)
        except ProcessLookupError:
            break
