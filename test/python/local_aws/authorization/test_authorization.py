"""With policies that count: who may do what, by what stands in local AWS, and in AWS's words."""

from __future__ import annotations

import io
import json
import urllib.error
import urllib.request
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError
from http_apis import ask, create_api, signed
from judged_roles import OTHER, OWN, document, refused, role, statement, trust
from local_account import REGION, SECRET, Account, client
from pushed_images import Images
from served_models import Serving, scores_of
from state_machines import Machine, definition, task

from stacks import Stack, group


def bucket(account: Account, name: str, key_id: str | None = None) -> Any:
    s3 = account.client("s3")
    s3.create_bucket(Bucket=name)
    if key_id:
        default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key_id}
        rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    return s3


def test_a_role_may_do_what_its_policy_allows_and_nothing_else(own: Account) -> None:
    bucket(own, "plain").put_object(Bucket="plain", Key="in/a.csv", Body=b"1")
    reader = role(own, "reader", statement("s3:GetObject", "arn:aws:s3:::plain/in/*")).client("s3")
    assert reader.get_object(Bucket="plain", Key="in/a.csv")["Body"].read() == b"1"
    assert refused(reader.put_object, Bucket="plain", Key="in/a.csv", Body=b"2") == (
        "User: arn:aws:sts::111111111111:assumed-role/reader/test is not authorized to perform: s3:PutObject on "
        "resource: arn:aws:s3:::plain/in/a.csv because no policy allows the s3:PutObject action"
    )
    assert "s3:ListBucket" in refused(reader.list_objects_v2, Bucket="plain", Prefix="in/")


def test_conditions_hold_for_the_request_as_it_is(own: Account) -> None:
    bucket(own, "listed")
    only_in = {"StringLike": {"s3:prefix": "in/*"}}
    lister = role(own, "lister", statement("s3:ListBucket", "arn:aws:s3:::listed", Condition=only_in)).client("s3")
    assert lister.list_objects_v2(Bucket="listed", Prefix="in/")["KeyCount"] == 0
    refused(lister.list_objects_v2, Bucket="listed", Prefix="out/")
    refused(lister.list_objects_v2, Bucket="listed")


def test_a_jobs_transfers_come_from_the_network_of_its_subnet(own: Account) -> None:
    bucket(own, "rows").put_object(Bucket="rows", Key="a.csv", Body=b"1")
    ec2 = own.client("ec2")
    network = ec2.create_vpc(CidrBlock="10.1.0.0/24")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=network, CidrBlock="10.1.0.0/25")["Subnet"]["SubnetId"]
    within = {"StringEquals": {"aws:SourceVpc": network}}
    reader = role(own, "job", statement("s3:GetObject", "arn:aws:s3:::rows/*", Condition=within)).client("s3")
    refused(reader.get_object, Bucket="rows", Key="a.csv")
    named = {"subnet": "subnet-0123456789abcdef0"}

    def say(request: Any, **_: Any) -> None:
        request.headers["x-local-aws-subnet"] = named["subnet"]
        request.headers["x-local-aws-vpc"] = network

    reader.meta.events.register("before-send.s3", say)
    refused(reader.get_object, Bucket="rows", Key="a.csv")
    named["subnet"] = subnet
    assert reader.get_object(Bucket="rows", Key="a.csv")["Body"].read() == b"1"


def test_a_copy_reads_its_source_and_writes_its_target(own: Account) -> None:
    bucket(own, "copied").put_object(Bucket="copied", Key="from", Body=b"1")
    writer = role(own, "writer", statement("s3:PutObject", "arn:aws:s3:::copied/*")).client("s3")
    message = refused(writer.copy_object, Bucket="copied", Key="to", CopySource="copied/from")
    assert "s3:GetObject on resource: arn:aws:s3:::copied/from" in message


def test_another_account_needs_its_own_policy_and_the_buckets(own: Account, other: Account) -> None:
    s3 = bucket(own, "shared")
    s3.put_object(Bucket="shared", Key="a", Body=b"1")
    read = statement("s3:GetObject", "arn:aws:s3:::shared/*")
    guest = role(other, "guest", read)
    assert "s3:GetObject" in refused(guest.client("s3").get_object, Bucket="shared", Key="a")
    principal = {"AWS": f"arn:aws:iam::{OTHER}:role/guest"}
    s3.put_bucket_policy(Bucket="shared", Policy=document({**read, "Principal": principal}))
    assert guest.client("s3").get_object(Bucket="shared", Key="a")["Body"].read() == b"1"
    stranger = role(other, "stranger").client("s3")
    refused(stranger.get_object, Bucket="shared", Key="a")


def test_an_encrypted_object_takes_the_key_too(own: Account) -> None:
    key = own.client("kms").create_key()["KeyMetadata"]["Arn"]
    bucket(own, "sealed", key).put_object(Bucket="sealed", Key="a", Body=b"1")
    read = statement("s3:GetObject", "arn:aws:s3:::sealed/*")
    without = role(own, "without-key", read).client("s3")
    assert f"kms:Decrypt on resource: {key}" in refused(without.get_object, Bucket="sealed", Key="a")
    by_way_of_s3 = {
        "StringEquals": {
            "kms:ViaService": f"s3.{REGION}.amazonaws.com",
            "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::sealed",
        }
    }
    with_key = role(own, "with-key", read, statement("kms:Decrypt", key, Condition=by_way_of_s3))
    assert with_key.client("s3").get_object(Bucket="sealed", Key="a")["Body"].read() == b"1"
    refused(with_key.client("kms").decrypt, KeyId=key, CiphertextBlob=b"x" * 64)


def test_a_role_is_passed_on_only_to_whom_it_may_be(own: Account) -> None:
    own.client("iam").create_role(
        RoleName="worker", AssumeRolePolicyDocument=trust({"Service": "sagemaker.amazonaws.com"})
    )
    arn = f"arn:aws:iam::{OWN}:role/worker"
    definition = json.dumps({"Version": "2020-12-01", "Steps": [{"Name": "Stop", "Type": "Fail", "Arguments": {}}]})
    request = {
        "PipelineName": "p",
        "PipelineDefinition": definition,
        "RoleArn": arn,
        "ClientRequestToken": "t" * 32,
    }
    maker = role(own, "maker", statement("sagemaker:CreatePipeline")).client("sagemaker")
    assert f"iam:PassRole on resource: {arn}" in refused(maker.create_pipeline, **request)
    to_lambda = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
    wrong = role(
        own, "to-lambda", statement("sagemaker:CreatePipeline"), statement("iam:PassRole", arn, Condition=to_lambda)
    )
    assert "iam:PassRole" in refused(wrong.client("sagemaker").create_pipeline, **request)
    to_sagemaker = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    right = role(own, "to-sagemaker", statement("sagemaker:*"), statement("iam:PassRole", arn, Condition=to_sagemaker))
    assert right.client("sagemaker").create_pipeline(**request)["PipelineArn"].endswith("pipeline/p")


def test_a_trust_policy_says_who_may_become_a_role(own: Account, other: Account) -> None:
    iam = own.client("iam")
    iam.create_role(
        RoleName="for-deployer",
        AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{OTHER}:role/deployer"}),
    )
    target = f"arn:aws:iam::{OWN}:role/for-deployer"
    deployer = role(other, "deployer", statement("sts:AssumeRole", target)).client("sts")
    assert deployer.assume_role(RoleArn=target, RoleSessionName="session")["Credentials"]
    with pytest.raises(ClientError, match="sts:AssumeRole"):
        _ = Account(own.endpoint, OWN, "for-deployer").credentials
    with pytest.raises(ClientError, match="sts:AssumeRole"):
        _ = Account(own.endpoint, OWN, "nobody-made-it").credentials


def test_a_denial_wins_and_says_so(own: Account) -> None:
    deny = {"Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "*"}
    careful = role(own, "careful", statement("sqs:*"), deny).client("sqs")
    url = careful.create_queue(QueueName="kept")["QueueUrl"]
    assert refused(careful.delete_queue, QueueUrl=url).endswith(":kept with an explicit deny")


def test_a_permissions_boundary_bounds(own: Account) -> None:
    policy = own.client("iam").create_policy(
        PolicyName="boundary", PolicyDocument=document(statement("sqs:GetQueueUrl"))
    )
    arn = policy["Policy"]["Arn"]
    bounded = role(own, "bounded", statement("*"), PermissionsBoundary=arn).client("sqs")
    assert "sqs:CreateQueue" in refused(bounded.create_queue, QueueName="more")


def test_policies_count_from_the_request_after_their_change(own: Account) -> None:
    later = role(own, "later")
    assert "sns:CreateTopic" in refused(later.client("sns").create_topic, Name="t")
    own.client("iam").put_role_policy(
        RoleName="later", PolicyName="own", PolicyDocument=document(statement("sns:CreateTopic"))
    )
    assert later.client("sns").create_topic(Name="t")["TopicArn"].endswith(":t")


def test_services_that_sign_with_another_name_are_known_by_iams(own: Account) -> None:
    message = refused(role(own, "no-quotas").client("service-quotas").list_service_quotas, ServiceCode="sagemaker")
    assert "servicequotas:ListServiceQuotas" in message
    assert own.client("service-quotas").list_service_quotas(ServiceCode="sagemaker")["Quotas"]


def test_a_user_of_iams_is_nobody_who_may_do_everything(own: Account) -> None:
    iam = own.client("iam")
    iam.create_user(UserName="somebody")
    key = iam.create_access_key(UserName="somebody")["AccessKey"]
    credentials = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    message = refused(client("sqs", own.endpoint, **credentials).create_queue, QueueName="theirs")
    assert "the caller is a user of IAM's" in message


def test_a_secret_takes_its_own_permission_by_the_arn_that_its_name_leads_to(own: Account, other: Account) -> None:
    key = own.client("kms").create_key()["KeyMetadata"]["Arn"]
    secrets = own.client("secretsmanager")
    arn = secrets.create_secret(Name="ci/token", SecretString="s3cret", KmsKeyId=key)["ARN"]
    read = statement("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{OWN}:secret:ci/token-??????")
    without_key = role(own, "reads-secret", read).client("secretsmanager")
    assert f"kms:Decrypt on resource: {key}" in refused(without_key.get_secret_value, SecretId="ci/token")
    decrypt = statement("kms:Decrypt", key, Condition={"StringEquals": {"kms:EncryptionContext:SecretARN": arn}})
    reader = role(own, "reads-sealed", read, decrypt).client("secretsmanager")
    assert reader.get_secret_value(SecretId="ci/token")["SecretString"] == "s3cret"
    assert "secretsmanager:GetSecretValue" in refused(reader.get_secret_value, SecretId="ci/tokens")
    guest = role(other, "secret-guest", statement(["secretsmanager:GetSecretValue", "kms:Decrypt"]))
    refused(guest.client("secretsmanager").get_secret_value, SecretId=arn)
    principal = {"AWS": f"arn:aws:iam::{OTHER}:role/secret-guest"}
    shared = {**statement("secretsmanager:GetSecretValue"), "Principal": principal}
    secrets.put_resource_policy(SecretId="ci/token", ResourcePolicy=document(shared))
    assert "kms:Decrypt" in refused(guest.client("secretsmanager").get_secret_value, SecretId=arn)


def test_rows_of_a_table_and_parameters_take_permissions_by_name(own: Account) -> None:
    key = own.client("kms").create_key()["KeyMetadata"]["Arn"]
    attribute = {"AttributeName": "id", "AttributeType": "S"}
    own.client("dynamodb").create_table(
        TableName="claims",
        AttributeDefinitions=[attribute],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
    )
    put = statement("dynamodb:PutItem", f"arn:aws:dynamodb:{REGION}:{OWN}:table/claims")
    row = {"TableName": "claims", "Item": {"id": {"S": "1"}}}
    without_key = role(own, "claims", put).client("dynamodb")
    assert f"kms:Decrypt on resource: {key}" in refused(without_key.put_item, **row)
    via = {"StringEquals": {"kms:ViaService": f"dynamodb.{REGION}.amazonaws.com"}}
    claimer = role(own, "claims-sealed", put, statement("kms:Decrypt", key, Condition=via)).client("dynamodb")
    claimer.put_item(**row)
    assert "dynamodb:GetItem" in refused(claimer.get_item, TableName="claims", Key={"id": {"S": "1"}})

    parameter = f"arn:aws:ssm:{REGION}:{OWN}:parameter/mlops/a"
    own.client("ssm").put_parameter(Name="/mlops/a", Value="1", Type="String")
    reader = role(own, "reads-parameter", statement("ssm:GetParameter", parameter)).client("ssm")
    assert reader.get_parameter(Name="/mlops/a")["Parameter"]["Value"] == "1"
    refused(reader.get_parameter, Name="/mlops/b")
    assert f"ssm:PutParameter on resource: {parameter}" in refused(
        reader.put_parameter, Name="/mlops/a", Value="2", Overwrite=True
    )


def test_a_function_is_called_by_who_may_and_by_a_pipeline_whose_role_may(own: Account) -> None:
    own.client("iam").create_role(
        RoleName="function", AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"})
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.js", "exports.handler = async (event) => event")
    arn = own.client("lambda").create_function(
        FunctionName="echo",
        Runtime="nodejs22.x",
        Role=f"arn:aws:iam::{OWN}:role/function",
        Handler="index.handler",
        Code={"ZipFile": buffer.getvalue()},
    )["FunctionArn"]
    role(own, "cannot-call")
    caller = role(own, "calls", statement("lambda:InvokeFunction", arn)).client("lambda")
    assert json.load(caller.invoke(FunctionName="echo", Payload=b'{"a":1}')["Payload"]) == {"a": 1}
    stranger = Account(own.endpoint, OWN, "cannot-call").client("lambda")
    message = refused(stranger.invoke, FunctionName="echo", InvocationType="DryRun")
    assert f"lambda:InvokeFunction on resource: {arn}" in message
    may = {"roleArn": f"arn:aws:iam::{OWN}:role/calls", "functionArn": arn}
    assert asked(own, "RequireInvocation", may) == (200, {})
    status, answer = asked(own, "RequireInvocation", {**may, "roleArn": f"arn:aws:iam::{OWN}:role/cannot-call"})
    assert status == 403
    assert answer["message"].startswith(f"User: arn:aws:sts::{OWN}:assumed-role/cannot-call/SageMaker is not")


def test_an_api_is_made_by_its_paths_and_invoked_by_who_may_invoke_that_path(own: Account, other: Account) -> None:
    api = create_api(other).route("POST /predict/{model}", AuthorizationType="AWS_IAM").stage("v1")
    stages = f"arn:aws:apigateway:{REGION}::/apis/{api.id}/stages"
    maker = role(other, "stages", statement("apigateway:POST", stages)).client("apigatewayv2")
    assert maker.create_stage(ApiId=api.id, StageName="two", AutoDeploy=True)["StageName"] == "two"
    assert f"apigateway:DELETE on resource: {stages}/two" in refused(maker.delete_stage, ApiId=api.id, StageName="two")
    invoke = statement("execute-api:Invoke", other.arn("execute-api", f"{api.id}/v1/POST/predict/iris"))
    caller, stranger = role(other, "predicts", invoke), role(own, "stranger", statement("execute-api:Invoke"))
    iris, wine = api.url("/v1/predict/iris"), api.url("/v1/predict/wine")
    asked_of = ((iris, caller), (wine, caller), (iris, stranger), (iris, role(other, "nobody")))
    assert [ask(url, "POST", b"", signed(url, who)).status for url, who in asked_of] == [200, 403, 403, 403]


def test_images_are_pushed_and_pulled_by_who_may_and_as_the_repositorys_policy_says(own: Account) -> None:
    images = Images(own, "iris").create()
    repository = f"arn:aws:ecr:{REGION}:{OWN}:repository/iris"
    pushing = ["ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"]
    assert Images(role(own, "pushes", statement(pushing, repository)), "iris").push("v1")
    pull = role(own, "pulls", statement("ecr:BatchGetImage", repository)).client("ecr").batch_get_image
    wanted = {"repositoryName": "iris", "imageIds": [{"imageTag": "v1"}]}
    assert pull(**wanted)["images"]
    bars = {"Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{OWN}:role/pulls"}, "Action": "ecr:BatchGetImage"}
    images.ecr.set_repository_policy(repositoryName="iris", policyText=document(bars))
    assert "with an explicit deny" in refused(pull, **wanted)
    key = own.client("kms").create_key()["KeyMetadata"]["Arn"]
    maker = role(own, "makes-repositories", statement("ecr:CreateRepository")).client("ecr")
    encrypted = {"encryptionType": "KMS", "kmsKey": key}
    message = refused(maker.create_repository, repositoryName="sealed", encryptionConfiguration=encrypted)
    assert f"kms:CreateGrant on resource: {key}" in message


def asked(account: Account, action: str, body: dict[str, Any]) -> tuple[int, Any]:
    """An action of the control plane."""
    request = urllib.request.Request(
        f"{account.endpoint}/mlops-local/{action}", json.dumps(body).encode(), {"X-Local-AWS-Secret": SECRET}
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_an_endpoint_works_as_its_execution_role_and_is_invoked_by_whoever_may(own: Account) -> None:
    serving = Serving(own)
    objects = f"arn:aws:s3:::{serving.bucket}"
    serving.create(statement("s3:GetObject", f"{objects}/10/*"))
    refusal = serving.serve("unreadable", "1")["FailureReason"]
    assert refusal.startswith("Failed to download model data")
    place = {"DestinationS3Uri": f"s3://{serving.bucket}/captured", "CaptureOptions": [{"CaptureMode": "Input"}]}
    assert serving.serve("judged", DataCaptureConfig={"InitialSamplingPercentage": 100, **place})["EndpointStatus"] == (
        "InService"
    )
    endpoints = f"arn:aws:sagemaker:{REGION}:{OWN}:endpoint"
    stranger = Serving(role(own, "invokes-another", statement("sagemaker:InvokeEndpoint", f"{endpoints}/another")))
    assert f"sagemaker:InvokeEndpoint on resource: {endpoints}/judged" in refused(stranger.invoke, endpoint="judged")
    invoker = Serving(role(own, "invokes-judged", statement("sagemaker:InvokeEndpoint", f"{endpoints}/judged")))
    assert invoker.scores("judged") == scores_of()
    assert serving.captured("captured/") == {}
    alarms = {"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "errors"}]}}
    serving.configure("judged-next")
    serving.sagemaker.update_endpoint(EndpointName="judged", EndpointConfigName="judged-next", DeploymentConfig=alarms)
    assert "cloudwatch:DescribeAlarms" in serving.settled("judged")["FailureReason"]
    more = [statement("s3:PutObject", f"{objects}/captured/*"), statement("cloudwatch:DescribeAlarms")]
    allowed = document(statement("s3:GetObject", f"{objects}/10/*"), *more)
    own.client("iam").put_role_policy(RoleName=serving.role_name, PolicyName="own", PolicyDocument=allowed)
    assert invoker.scores("judged") == scores_of()
    assert len(serving.captured("captured/")) == 1
    serving.sagemaker.update_endpoint(EndpointName="judged", EndpointConfigName="judged-next", DeploymentConfig=alarms)
    assert serving.settled("judged")["EndpointConfigName"] == "judged-next"


def test_a_state_machine_works_as_its_role_which_whoever_makes_it_must_pass_on(own: Account) -> None:
    iam, machine = own.client("iam"), own.arn("states", "stateMachine:flow")
    runs_as = iam.create_role(RoleName="flow", AssumeRolePolicyDocument=trust({"Service": "states.amazonaws.com"}))
    request = {"TrainingJobName": "flow-1", "RoleArn": runs_as["Role"]["Arn"]}
    train = task("sagemaker:createTrainingJob.sync", request)
    given = {"name": "flow", "definition": definition(A=train), "roleArn": runs_as["Role"]["Arn"]}
    maker = role(own, "assembler", statement(["states:CreateStateMachine"], machine)).client("stepfunctions")
    assert "iam:PassRole on resource: arn:aws:iam::111111111111:role/flow" in refused(
        maker.create_state_machine, **given
    )
    own.client("stepfunctions").create_state_machine(**given)
    told = Machine(own).run()
    assert told["cause"].startswith(f"'{request['RoleArn']}' is not authorized to create managed-rule.")
    hears = statement(["events:DescribeRule", "events:PutRule", "events:PutTargets"])
    iam.put_role_policy(RoleName="flow", PolicyName="own", PolicyDocument=document(hears))
    told = Machine(own).run()
    assert told["error"] == "SageMaker.AmazonSageMakerException"
    assert (
        "sagemaker:CreateTrainingJob on resource: arn:aws:sagemaker:us-east-1:111111111111:training-job/flow-1"
        in (told["cause"])
    )


def test_defect_15_1_an_answer_to_a_token_is_allowed_on_everything_or_not_at_all(own: Account) -> None:
    named = statement("states:SendTaskSuccess", own.arn("states", "stateMachine:*"))
    scoped = role(own, "scoped", named).client("stepfunctions")
    assert "states:SendTaskSuccess" in refused(scoped.send_task_success, taskToken="t", output="{}")
    free = role(own, "free", statement("states:SendTaskSuccess")).client("stepfunctions")
    with pytest.raises(ClientError, match="InvalidToken"):
        free.send_task_success(taskToken="t", output="{}")


def test_a_stack_is_made_with_the_rights_of_its_role_or_of_whoever_asks(own: Account) -> None:
    stacks = own.arn("cloudformation", "stack/deployed/*")
    using = statement(
        ["cloudformation:CreateStack", "cloudformation:DescribeStack*", "cloudformation:DeleteStack"], stacks
    )
    asker = role(own, "asks", using)
    other = asker.client("cloudformation").create_stack
    body = json.dumps({"Resources": {"Group": group("deployed")}})
    assert f"cloudformation:CreateStack on resource: {own.arn('cloudformation', 'stack/other/*')}" in refused(
        other, StackName="other", TemplateBody=body
    )
    denied = Stack(asker, "deployed")
    told = denied.create({"Group": group("deployed")})
    assert told["StackStatus"] == "ROLLBACK_COMPLETE"
    session = f"arn:aws:sts::{OWN}:assumed-role/asks/test"
    assert (
        f"User: {session} is not authorized to perform: sagemaker:CreateModelPackageGroup"
        in (denied.reasons()["Group"])
    )
    assert denied.delete()["StackStatus"] == "DELETE_COMPLETE"
    iam = own.client("iam")
    trusted = trust({"Service": "cloudformation.amazonaws.com"})
    runs_as = iam.create_role(RoleName="stacks", AssumeRolePolicyDocument=trusted)["Role"]["Arn"]
    groups = ["sagemaker:CreateModelPackageGroup", "sagemaker:DescribeModelPackageGroup"]
    allowed = document(statement([*groups, "sagemaker:DeleteModelPackageGroup"]))
    iam.put_role_policy(RoleName="stacks", PolicyName="own", PolicyDocument=allowed)
    given = {"StackName": "deployed", "TemplateBody": body, "RoleARN": runs_as}
    assert f"iam:PassRole on resource: {runs_as}" in refused(other, **given)
    passes = document(using, statement("iam:PassRole", runs_as))
    iam.put_role_policy(RoleName="asks", PolicyName="own", PolicyDocument=passes)
    assert denied.create({"Group": group("deployed")}, RoleARN=runs_as)["StackStatus"] == "CREATE_COMPLETE"
    assert denied.delete()["StackStatus"] == "DELETE_COMPLETE"
    iam.update_assume_role_policy(RoleName="stacks", PolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
    with pytest.raises(ClientError, match="is invalid or cannot be assumed"):
        other(**given)


def test_a_template_is_read_with_the_rights_of_whoever_names_it(own: Account) -> None:
    template = json.dumps({"Resources": {"Group": group("listed")}})
    bucket(own, "templates").put_object(Bucket="templates", Key="t.json", Body=template)
    validate = statement("cloudformation:ValidateTemplate")
    read = role(own, "reads-no-template", validate).client("cloudformation").validate_template
    url = {"TemplateURL": "https://templates.s3.us-east-1.amazonaws.com/t.json"}
    with pytest.raises(ClientError, match=r"S3 error: .*s3:GetObject on resource: arn:aws:s3:::templates/t\.json"):
        read(**url)
    reader = role(own, "reads-templates", validate, statement("s3:GetObject", "arn:aws:s3:::templates/*"))
    assert reader.client("cloudformation").validate_template(**url)["Parameters"] == []
