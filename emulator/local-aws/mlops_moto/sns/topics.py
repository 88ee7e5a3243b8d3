"""
Topics that are asked for twice. To AWS, a name with the same tags is the topic that there is; other tags are
refused, where moto (5.2.5) gives the topic out. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
"""

from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend, Topic

from ..patching import replace

_create_by_moto = SNSBackend.create_topic


def install() -> None:
    replace(SNSBackend, "create_topic", _create)


def _create(
    backend: SNSBackend,
    name: str,
    attributes: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Topic:
    there = next((topic for topic in backend.topics.values() if topic.name == name), None)
    if there is not None and tags and tags != there._tags:
        raise SNSInvalidParameter("Invalid parameter: Tags Reason: Topic already exists with different tags")
    return _create_by_moto(backend, name, attributes, tags)
