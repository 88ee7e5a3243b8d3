"""
Subscriptions that somebody must confirm. moto (5.2.5) confirms every one at once; AWS waits for whoever reads the
address, and lists it without an ARN until then. Here the token, which AWS mails, is the last part of the ARN.
https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend, Subscription
from moto.sns.responses import SNSResponse

from ..patching import replace

_ASKED = ("email", "email-json")

_subscribe_by_moto = SNSBackend.subscribe


def install() -> None:
    replace(SNSBackend, "subscribe", _subscribe)
    replace(SNSResponse, "list_subscriptions_by_topic", _list_by_topic)
    replace(SNSResponse, "confirm_subscription", _confirm)


def _subscribe(backend: SNSBackend, topic_arn: str, endpoint: str, protocol: str) -> Subscription:
    known = len(backend.subscriptions)
    subscription = _subscribe_by_moto(backend, topic_arn, endpoint, protocol)
    if protocol in _ASKED and len(backend.subscriptions) > known:
        subscription.attributes |= {"PendingConfirmation": True, "ConfirmationWasAuthenticated": False}
    return subscription


def _list_by_topic(response: SNSResponse) -> ActionResult:
    topic, token = response._get_param("TopicArn"), response._get_param("NextToken")
    subscriptions, following = response.backend.list_subscriptions_by_topic(topic, next_token=token)
    return ActionResult({"Subscriptions": [_listed(each) for each in subscriptions], "NextToken": following})


def _listed(subscription: Subscription) -> dict[str, Any]:
    return {
        "SubscriptionArn": "PendingConfirmation" if _is_pending(subscription) else subscription.arn,
        "Owner": subscription.owner,
        "Protocol": subscription.protocol,
        "Endpoint": subscription.endpoint,
        "TopicArn": subscription.topic_arn,
    }


def _confirm(response: SNSResponse) -> ActionResult:
    arn = f"{response._get_param('TopicArn')}:{response._get_param('Token')}"
    subscription = response.backend.subscriptions.get(arn)
    if subscription is None:
        raise SNSInvalidParameter("Invalid parameter: Token")
    subscription.attributes["PendingConfirmation"] = False
    return ActionResult({"SubscriptionArn": arn})


def _is_pending(subscription: Subscription) -> bool:
    return bool(subscription.attributes.get("PendingConfirmation"))
