"""Tags of objects that are read, which policies may ask for (`s3:ExistingObjectTag/<key>`)."""

from moto.s3.models import s3_backends

from .calls import Call


def object_tags(call: Call) -> dict[str, str]:
    """None for what is no object."""
    bucket, key = call.parameters.get("Bucket"), call.parameters.get("Key")
    if call.service != "s3" or call.operation not in ("GetObject", "GetObjectTagging", "HeadObject") or not key:
        return {}
    for partitions in list(s3_backends.values()):
        for backend in partitions.values():
            if bucket in backend.buckets:
                found = backend.get_object(bucket, key, version_id=call.parameters.get("VersionId"))
                return dict(backend.tagger.get_tag_dict_for_resource(found.arn)) if found else {}
    return {}
