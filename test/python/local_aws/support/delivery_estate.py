"""Resources a rule of the estate delivers to, as the estate makes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local_account import Account

EVENTS = {"Service": ["events.amazonaws.com"]}
RULE = "step-failure"
TRAIN = "mammo-severity-train-pipeline"
STEP_CHANGE = "SageMaker Model Building Pipeline Execution Step Status Change"


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(principal: dict[str, Any], action: str, resource: str, **condition: dict[str, Any]) -> dict[str, Any]:
    bare = {"Effect": "Allow", "Principal": principal, "Action": [action], "Resource": [resource]}
    return {**bare, "Condition": condition} if condition else bare


def from_rule(account: Account, rule: str = RULE) -> dict[str, Any]:
    return {"ArnEquals": {"aws:SourceArn": [account.arn("events", f"rule/{rule}")]}}


@dataclass(frozen=True)
class Queue:
    account: Account
    name: str

    @property
    def arn(self) -> str:
        return self.account.arn("sqs", self.name)

    @property
    def url(self) -> str:
        return str(self.account.client("sqs").get_queue_url(QueueName=self.name)["QueueUrl"])

    def create(self, rule: str | None = None, **attributes: str) -> Queue:
        """With `rule`, that rule may send to it."""
        if rule:
            statement = allow(EVENTS, "sqs:SendMessage", self.arn, **from_rule(self.account, rule))
            attributes["Policy"] = policy(statement)
        self.account.client("sqs").create_queue(QueueName=self.name, Attributes=attributes)
        return self

    def messages(self) -> list[dict[str, Any]]:
        """Messages that lie in it now, each taken once."""
        sqs = self.account.client("sqs")
        answer = sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        return list(answer.get("Messages", []))

    def bodies(self) -> list[str]:
        return [message["Body"] for message in self.messages()]


def attributes_of(message: dict[str, Any]) -> dict[str, str]:
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}


def create_key(account: Account, *statements: dict[str, Any]) -> str:
    root = allow({"AWS": f"arn:aws:iam::{account.id}:root"}, "kms:*", "*")
    return str(account.client("kms").create_key(Policy=policy(root, *statements))["KeyMetadata"]["Arn"])


def key_for_events(**condition: dict[str, Any]) -> list[dict[str, Any]]:
    return [allow(EVENTS, action, "*", **condition) for action in ("kms:Decrypt", "kms:GenerateDataKey*")]


def create_topic(account: Account, key: str | None = None, *, publishable: bool = True) -> tuple[str, Queue]:
    """A topic, and a queue subscribed to it."""
    sns = account.client("sns")
    topic = sns.create_topic(Name="alerts", Attributes={"KmsMasterKeyId": key} if key else {})["TopicArn"]
    if publishable:
        statement = allow(EVENTS, "sns:Publish", topic, **from_rule(account))
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy(statement))
    inbox = Queue(account, "inbox").create()
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=inbox.arn)
    return topic, inbox


def create_role(account: Account, trusted: str = "events.amazonaws.com", *, may_start: bool = True) -> str:
    iam = account.client("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": [trusted]}, "Action": ["sts:AssumeRole"]}
    role = iam.create_role(RoleName="starter", AssumeRolePolicyDocument=policy(trust))["Role"]
    if may_start:
        pipelines = account.arn("sagemaker", "pipeline/mammo-*")
        start = {"Effect": "Allow", "Action": ["sagemaker:StartPipelineExecution"], "Resource": [pipelines]}
        iam.put_role_policy(RoleName="starter", PolicyName="start", PolicyDocument=policy(start))
    return str(role["Arn"])


# A step that needs nothing.
STOP = {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "enough"}}


def create_pipeline(
    account: Account, parameters: list[dict[str, Any]] | None = None, steps: list[dict[str, Any]] | None = None
) -> str:
    definition = {"Version": "2020-12-01", "Parameters": parameters or [], "Steps": steps or [STOP]}
    answer = account.client("sagemaker").create_pipeline(
        PipelineName=TRAIN,
        PipelineDefinition=json.dumps(definition),
        RoleArn=f"arn:aws:iam::{account.id}:role/sagemaker-execution-role",
        ClientRequestToken="0" * 32,
    )
    return str(answer["PipelineArn"])


def executions(account: Account) -> list[dict[str, Any]]:
    answer = account.client("sagemaker").list_pipeline_executions(PipelineName=TRAIN)
    return list(answer["PipelineExecutionSummaries"])


def create_rule(account: Account, target: dict[str, Any], **rule: Any) -> None:
    events = account.client("events")
    pattern = {"source": ["aws.sagemaker"], "detail": {"currentStepStatus": ["Failed"]}}
    events.put_rule(Name=RULE, **(rule or {"EventPattern": json.dumps(pattern)}))
    events.put_targets(Rule=RULE, Targets=[{"Id": "target", **target}])


def put_step_failure(account: Account, reason: str = "violations", source: str = "aws.sagemaker") -> str:
    """Puts a step's failure on the default bus; returns the event's id."""
    detail = {"stepName": "Check", "currentStepStatus": "Failed", "failureReason": reason}
    entry = {"Source": source, "DetailType": STEP_CHANGE, "Detail": json.dumps(detail)}
    return str(account.client("events").put_events(Entries=[entry])["Entries"][0]["EventId"])
