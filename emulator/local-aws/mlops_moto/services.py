"""The AWS services that local AWS adds to moto or mends in it: one folder each, one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from . import (
    apigateway,
    applicationautoscaling,
    cloudformation,
    cloudtrail,
    cloudwatch,
    codebuild,
    codeconnections,
    codepipeline,
    ecr,
    events,
    iam,
    kms,
    lambda_,
    logs,
    s3,
    sagemaker,
    servicecatalog,
    servicequotas,
    sns,
    sqs,
    states,
    sts,
)
from .events.targets import TARGETS, Send
from .wsgi import method_names


@dataclass(frozen=True)
class Service:
    """
    name: as in ARNs
    install: changes moto's own code for the service; most files of its folder have one
    event_target: delivers an event to a resource of the service; without it, moto does
    """

    name: str
    install: Callable[[], None] = lambda: None
    event_target: Send | None = None


SERVICES = (
    Service("apigateway", apigateway.install),
    Service("application-autoscaling", applicationautoscaling.install),
    Service("cloudformation", cloudformation.install),
    Service("cloudtrail", cloudtrail.install),
    Service("cloudwatch", cloudwatch.install),
    Service("codebuild", codebuild.install),
    Service("codeconnections", codeconnections.install),
    Service("codepipeline", codepipeline.install),
    Service("ecr", ecr.install),
    Service("events", events.install),
    Service("iam", iam.install),
    Service("kms", kms.install),
    Service("lambda", lambda_.install, lambda_.call_function),
    Service("logs", logs.install),
    Service("s3", s3.install),
    Service("sagemaker", sagemaker.install, sagemaker.start_pipeline),
    Service("servicecatalog", servicecatalog.install),
    Service("servicequotas", servicequotas.install),
    Service("sns", sns.install, sns.publish),
    Service("sqs", event_target=sqs.send_message),
    Service("states", states.install, states.start_execution),
    Service("sts", sts.install),
)


def install() -> None:
    """Once a process, before the first request."""
    for service in SERVICES:
        service.install()
        if service.event_target:
            TARGETS[service.name] = service.event_target
    method_names.install()
