"""InvokeEndpointAsync: rows from S3, scores or the reason why there are none to S3, and whoever subscribed is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from served_models import CSV, Serving, refused, scores_of


@dataclass(frozen=True)
class Queued:
    """An endpoint that takes requests from S3, and what hears of them."""

    serving: Serving
    name: str

    @property
    def topics(self) -> dict[str, str]:
        arn = self.serving.account.arn("sns", self.name)
        return {"SuccessTopic": f"{arn}-answered", "ErrorTopic": f"{arn}-failed"}

    @property
    def settings(self) -> dict[str, Any]:
        place = f"s3://{self.serving.bucket}/{self.name}"
        return {
            "S3OutputPath": f"{place}/answers",
            "S3FailurePath": f"{place}/failures/",
            "NotificationConfig": self.topics,
        }

    def create(self) -> Queued:
        sns, sqs = self.serving.account.client("sns"), self.serving.account.client("sqs")
        for topic in self.topics.values():
            name = topic.rpartition(":")[2]
            sns.create_topic(Name=name)
            sqs.create_queue(QueueName=name)
            queue = self.serving.account.arn("sqs", name)
            sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes={"RawMessageDelivery": "true"})
        self.serving.serve(self.name, AsyncInferenceConfig={"OutputConfig": self.settings})
        return self

    def ask(self, rows: str | None = CSV, key: str = "rows.csv", **given: Any) -> dict[str, Any]:
        s3 = self.serving.account.client("s3")
        if rows is not None:
            s3.put_object(Bucket=self.serving.bucket, Key=f"{self.name}/{key}", Body=rows.encode())
        location = f"s3://{self.serving.bucket}/{self.name}/{key}"
        runtime = self.serving.account.client("sagemaker-runtime")
        asked = {"InputLocation": location, "ContentType": "text/csv", "Accept": "text/csv", **given}
        answer: dict[str, Any] = runtime.invoke_endpoint_async(EndpointName=self.name, **asked)
        return answer

    def at(self, uri: str) -> str:
        """The object, once it is there."""
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        s3 = self.serving.account.client("s3")
        s3.get_waiter("object_exists").wait(Bucket=bucket, Key=key, WaiterConfig={"Delay": 0, "MaxAttempts": 9999})
        return str(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())

    def heard(self, topic: str) -> dict[str, Any]:
        """The next message."""
        sqs = self.serving.account.client("sqs")
        url = sqs.get_queue_url(QueueName=self.topics[topic].rpartition(":")[2])["QueueUrl"]
        while True:
            for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5).get("Messages", []):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                body: dict[str, Any] = json.loads(message["Body"])
                return body


@pytest.fixture(scope="module")
def queued(served: Serving) -> Queued:
    return Queued(served, "queued").create()


def test_rows_from_s3_become_scores_there_and_the_topic_is_told(queued: Queued) -> None:
    described = queued.serving.sagemaker.describe_endpoint(EndpointName="queued")
    assert described["AsyncInferenceConfig"]["OutputConfig"] == queued.settings
    answer = queued.ask(InferenceId="mine")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert answer["InferenceId"] == "mine"
    assert answer["OutputLocation"].startswith(f"{queued.settings['S3OutputPath']}/")
    assert answer["FailureLocation"].startswith(queued.settings["S3FailurePath"])
    assert [float(score) for score in queued.at(answer["OutputLocation"]).split(",")] == scores_of(10)
    message = queued.heard("SuccessTopic")
    assert message["inferenceId"] == "mine"
    assert message["invocationStatus"] == "Completed"
    assert message["responseParameters"]["outputLocation"] == answer["OutputLocation"]
    assert CSV.strip() not in json.dumps(message)


@pytest.mark.parametrize(
    ("rows", "key", "reason"),
    [
        ("1,2\n", "narrow.csv", 'Received client error (400) from primary with message "Unable to evaluate payload'),
        (None, "nowhere.csv", "Unable to download the request from s3://"),
    ],
)
def test_what_fails_says_why_at_the_place_for_failures(queued: Queued, rows: str | None, key: str, reason: str) -> None:
    answer = queued.ask(rows, key)
    assert queued.at(answer["FailureLocation"]).startswith(reason)
    message = queued.heard("ErrorTopic")
    assert message["invocationStatus"] == "Failed"
    assert message["failureReason"].startswith(reason)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"InputLocation": "rows.csv"}, "at 'inputLocation' failed to satisfy constraint"),
        ({"RequestTTLSeconds": 21601}, "at 'requestTTLSeconds' failed to satisfy constraint"),
        ({"InvocationTimeoutSeconds": 3601}, "at 'invocationTimeoutSeconds' failed to satisfy constraint"),
        ({"EndpointName": "nowhere"}, "Endpoint nowhere of account 599999999901 not found."),
        ({"EndpointName": "steady"}, "is not asynchronous"),
    ],
)
def test_what_sagemaker_refuses_is_a_validation_error(queued: Queued, given: dict[str, Any], message: str) -> None:
    runtime = queued.serving.account.client("sagemaker-runtime")
    asked = {"EndpointName": "queued", "InputLocation": f"s3://{queued.serving.bucket}/rows.csv", **given}
    with pytest.raises(ClientError, match=message) as refusal:
        runtime.invoke_endpoint_async(**asked)
    assert refusal.value.response["Error"]["Code"] == "ValidationError"


def test_it_does_not_answer_at_once(queued: Queued) -> None:
    with pytest.raises(ClientError, match="is asynchronous"):
        queued.serving.invoke("queued")


def test_it_stays_asynchronous_and_no_other_becomes_so(queued: Queued) -> None:
    serving = queued.serving
    update = serving.sagemaker.update_endpoint
    message = "The AsyncInferenceConfig parameter cannot be removed from this endpoint queued."
    assert message in refused(update, EndpointName="queued", EndpointConfigName="steady-config")
    assert "cannot be added" in refused(update, EndpointName="steady", EndpointConfigName="queued-config")
    both = {"AsyncInferenceConfig": {"OutputConfig": queued.settings}}
    capture = {"InitialSamplingPercentage": 1, "DestinationS3Uri": f"s3://{serving.bucket}"}
    capture["CaptureOptions"] = [{"CaptureMode": "Input"}]
    with pytest.raises(ClientError, match="cannot do DataCaptureConfig beside AsyncInferenceConfig"):
        serving.configure("both", DataCaptureConfig=capture, **both)
