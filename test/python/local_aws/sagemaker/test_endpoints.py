"""Endpoints: from Creating to InService or Failed, updates and their rollback, deletion, and what the bus is told."""

from __future__ import annotations

import itertools
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from served_models import IMAGE, Serving, create_alarm, refused, scores_of
from started_pipelines import Bus
from worker_client import post


def test_it_is_created_serves_and_is_deleted_and_the_bus_is_told(served: Serving) -> None:
    bus = Bus(served.account)
    described = served.serve("told")
    assert described["EndpointStatus"] == "InService"
    assert described["EndpointConfigName"] == "told-config"
    assert "DataCaptureConfig" not in described
    assert "PendingDeploymentSummary" not in described
    (variant,) = described["ProductionVariants"]
    assert variant["DeployedImages"] == [{"SpecifiedImage": IMAGE}]
    assert (variant["CurrentInstanceCount"], variant["CurrentWeight"]) == (1, 1.0)
    served.sagemaker.delete_endpoint(EndpointName="told")
    assert "Could not find endpoint" in refused(served.sagemaker.describe_endpoint, EndpointName="told")
    events = bus.events()
    assert {event["detail-type"] for event in events} == {"SageMaker Endpoint State Change"}
    assert [event["detail"]["EndpointStatus"] for event in events] == ["CREATING", "IN_SERVICE", "DELETING"]
    detail = events[1]["detail"]
    assert detail["EndpointConfigName"] == "told-config"
    assert detail["ProductionVariants"] == [{"DesiredWeight": 1.0, "DesiredInstanceCount": 1}]
    assert events[1]["resources"] == [detail["EndpointArn"]] == [served.account.arn("sagemaker", "endpoint/told")]


@pytest.mark.parametrize(
    ("artifact", "reason"),
    [
        ("text", "The primary container for production variant AllTraffic did not pass the ping health check."),
        ("torn", "The primary container for production variant AllTraffic did not pass the ping health check."),
        ("none", 'Failed to download model data for container "primary" from URL: "s3://'),
    ],
)
def test_an_artifact_that_does_not_load_fails_it(served: Serving, artifact: str, reason: str) -> None:
    described = served.serve(artifact, artifact)
    assert described["EndpointStatus"] == "Failed"
    assert described["FailureReason"].startswith(reason)
    assert "ProductionVariants" not in described
    logs = served.account.client("logs")
    (event, *_) = logs.filter_log_events(logGroupName=f"/aws/sagemaker/Endpoints/{artifact}")["events"][-1:]
    assert {"text": "no XGBoost model", "torn": "cannot be unpacked", "none": "NoSuchKey"}[artifact] in event["message"]
    update = {"EndpointName": artifact, "EndpointConfigName": "steady-config"}
    assert "failed endpoint" in refused(served.sagemaker.update_endpoint, **update)
    served.sagemaker.delete_endpoint(EndpointName=artifact)


def test_a_role_that_does_not_let_sagemaker_in_fails_it(account: Account) -> None:
    described = Serving(account).create(trusted="lambda.amazonaws.com").serve("locked")
    assert described["EndpointStatus"] == "Failed"
    assert described["FailureReason"].startswith(f"Could not assume role arn:aws:iam::{account.id}:role/serving.")


def test_an_image_that_nothing_stands_in_for_fails_it_by_name(served: Serving) -> None:
    uri = f"s3://{served.bucket}/10/model.tar.gz"
    served.serve("strange", model={"Image": "somebody/sagemaker-strange:1", "ModelDataUrl": uri})
    events = served.account.client("logs").filter_log_events(logGroupName="/aws/sagemaker/Endpoints/strange")["events"]
    assert "no serving program for the image somebody/sagemaker-strange:1" in events[-1]["message"]


def test_a_model_is_taken_from_its_package(served: Serving) -> None:
    sagemaker = served.sagemaker
    sagemaker.create_model_package_group(ModelPackageGroupName="group")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{served.bucket}/1/model.tar.gz"}
    types = {"SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
    package = sagemaker.create_model_package(
        ModelPackageGroupName="group", InferenceSpecification={"Containers": [container], **types}
    )["ModelPackageArn"]
    assert served.serve("packaged", model={"ModelPackageName": package})["EndpointStatus"] == "InService"
    assert served.scores("packaged") == scores_of(1)
    model = sagemaker.describe_model(ModelName="packaged-config")
    assert model["PrimaryContainer"]["ModelPackageName"] == package
    assert "Image" not in model["PrimaryContainer"]


def test_an_update_serves_the_new_model_and_whoever_invokes_meanwhile_sees_no_error(served: Serving) -> None:
    served.serve("updated")
    served.configure("updated-next", "1")
    stop, seen = Event(), []

    def invoke() -> None:
        while not stop.is_set():
            seen.append(served.scores("updated"))

    with ThreadPoolExecutor(2) as pool:
        work = [pool.submit(invoke) for _ in range(2)]
        deployment = create_alarm(served, "quiet", "OK")
        served.sagemaker.update_endpoint(
            EndpointName="updated", EndpointConfigName="updated-next", DeploymentConfig=deployment
        )
        described = served.settled("updated")
        stop.set()
        for each in work:
            each.result()
    assert (described["EndpointStatus"], described["EndpointConfigName"]) == ("InService", "updated-next")
    assert described["LastDeploymentConfig"] == deployment
    assert "FailureReason" not in described
    assert all(scores in (scores_of(10), scores_of(1)) for scores in seen)
    assert served.scores("updated") == scores_of(1)


@pytest.mark.parametrize(
    ("endpoint_name", "artifact", "alarm", "reason"),
    [
        ("alarmed", "1", "ALARM", "in ALARM: alarmed"),
        ("unloadable", "none", "OK", "Failed to download model data"),
    ],
)
def test_an_update_that_fails_leaves_what_served_and_says_why(
    served: Serving, endpoint_name: str, artifact: str, alarm: str, reason: str
) -> None:
    served.serve(endpoint_name)
    served.configure(f"{endpoint_name}-next", artifact)
    served.sagemaker.update_endpoint(
        EndpointName=endpoint_name,
        EndpointConfigName=f"{endpoint_name}-next",
        DeploymentConfig=create_alarm(served, endpoint_name, alarm),
    )
    described = served.settled(endpoint_name)
    assert (described["EndpointStatus"], described["EndpointConfigName"]) == ("InService", f"{endpoint_name}-config")
    assert reason in described["FailureReason"]
    assert served.scores(endpoint_name) == scores_of(10)


def answer_of(call: Any, **given: Any) -> str:
    try:
        return str(call(**given))
    except ClientError as refusal:
        return str(refusal)


def test_what_is_under_way_can_be_neither_updated_nor_deleted_and_goes_on_in_a_fork(served: Serving) -> None:
    """Judged by an endpoint that is still under way afterwards, however fast this machine is."""
    sagemaker = served.sagemaker
    for attempt in itertools.count():
        name = served.configure(f"busy-{attempt}", "1", environment={"ATTEMPT": str(attempt)})
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        described = sagemaker.describe_endpoint(EndpointName=name)
        update = answer_of(sagemaker.update_endpoint, EndpointName=name, EndpointConfigName=name)
        delete = answer_of(sagemaker.delete_endpoint, EndpointName=name)
        fork = post(served.account.endpoint, "Fork", b"{}")
        if answer_of(sagemaker.describe_endpoint, EndpointName=name).find("'Creating'") > 0:
            break
    assert described["PendingDeploymentSummary"]["EndpointConfigName"] == name
    assert "ProductionVariants" not in described
    assert "Cannot update in-progress endpoint" in update
    assert "Cannot update in-progress endpoint" in delete
    theirs = Serving(Account(f"http://127.0.0.1:{fork['port']}", served.account.id))
    assert theirs.settled(name)["EndpointStatus"] == "InService"
    assert theirs.scores(name) == scores_of(1)
    os.kill(fork["pid"], signal.SIGTERM)


def test_a_name_is_taken_once(served: Serving) -> None:
    create = {"EndpointName": "steady", "EndpointConfigName": "steady-config"}
    assert "Cannot create already existing endpoint" in refused(served.sagemaker.create_endpoint, **create)


def test_a_configuration_in_use_may_go_and_then_nothing_can_be_updated_as_on_aws(served: Serving) -> None:
    served.serve("bereft")
    served.sagemaker.delete_endpoint_config(EndpointConfigName="bereft-config")
    served.sagemaker.delete_model(ModelName="bereft-config")
    assert served.scores("bereft") == scores_of(10)
    update = {"EndpointName": "bereft", "EndpointConfigName": "steady-config"}
    assert "Could not find endpoint configuration" in refused(served.sagemaker.update_endpoint, **update)


def test_a_configuration_is_kept_as_it_was_given(served: Serving) -> None:
    served.configure("plain")
    assert "DataCaptureConfig" not in served.sagemaker.describe_endpoint_config(EndpointConfigName="plain")
    variant = {"VariantName": "v", "ModelName": "plain", "InitialInstanceCount": 1}
    create = served.sagemaker.create_endpoint_config
    new = {"EndpointConfigName": "new", "ProductionVariants": [{**variant, "InstanceType": "ml.m7i.large"}]}
    create(**new)
    assert "Cannot create already existing endpoint configuration" in refused(create, **new)
    old = {"EndpointConfigName": "old", "ProductionVariants": [{**variant, "InstanceType": "ml.m1.large"}]}
    assert "Value 'ml.m1.large' at" in refused(create, **old)
