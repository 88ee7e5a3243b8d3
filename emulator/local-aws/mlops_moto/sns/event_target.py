"""Topics that EventBridge publishes to."""

from moto.sns.models import sns_backends
from moto.utilities.arns import parse_arn

from ..events.delivery import Delivery
from ..events.errors import no_resource
from ..events.permissions import SERVICE_CALL, Source, require, require_key


def publish(delivery: Delivery) -> None:
    message, source = delivery.input(), delivery.source
    place = parse_arn(delivery.arn)
    topic = sns_backends[place.account][place.region].topics.get(delivery.arn)
    if topic is None:
        raise no_resource(f"topic {delivery.arn} does not exist")
    require(topic.policy, "sns:Publish", delivery.arn, source.context)
    if topic.kms_master_key_id:
        _require_key(topic.kms_master_key_id, delivery.arn, source)
    topic.publish(message)


def _require_key(key_id: str, topic_arn: str, source: Source) -> None:
    """
    A topic's key is used without the source's keys, which EventBridge does not send on this way: a key policy that
    asks for `aws:SourceArn` or `aws:SourceAccount` drops the alerts.
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    require_key(key_id, source, {**SERVICE_CALL, "kms:EncryptionContext:aws:sns:topicArn": topic_arn})
