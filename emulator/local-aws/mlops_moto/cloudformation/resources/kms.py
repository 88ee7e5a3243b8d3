"""
Keys, which are not deleted but scheduled to be, and their aliases.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_KMS.html
"""

from .kind import Kind, Made, ResourceError, Work, as_json, changed_tags, unless_gone

_WAITING_DAYS = 30
_FIXED = ("KeySpec", "KeyUsage", "MultiRegion", "Origin")


class Key(Kind):
    type = "AWS::KMS::Key"

    def create(self, work: Work) -> Made:
        asked = work.without("Enabled", "EnableKeyRotation", "KeyPolicy", "PendingWindowInDays", "RotationPeriodInDays")
        if "KeyPolicy" in work.properties:
            asked["Policy"] = as_json(work.properties["KeyPolicy"])
        tags = work.pairs("TagKey", "TagValue")
        key = work.clients.of("kms").create_key(**asked, Tags=tags)["KeyMetadata"]
        return Made(key["KeyId"], {"Arn": key["Arn"], "KeyId": key["KeyId"]})

    def settle(self, work: Work, made: Made) -> Made:
        _set_state(work, made)
        return made

    def update(self, work: Work, made: Made, before: Work) -> Made:
        kms, wanted, old = work.clients.of("kms"), work.properties, before.properties
        fixed = [name for name in _FIXED if wanted.get(name) != old.get(name)]
        if fixed:
            raise ResourceError(f"You cannot change {', '.join(fixed)} of a KMS key after it is created")
        if wanted.get("Description") != old.get("Description"):
            kms.update_key_description(KeyId=made.id, Description=wanted.get("Description", ""))
        if "KeyPolicy" in wanted and wanted["KeyPolicy"] != old.get("KeyPolicy"):
            kms.put_key_policy(KeyId=made.id, PolicyName="default", Policy=as_json(wanted["KeyPolicy"]))
        if _state(work) != _state(before):
            _set_state(work, made)
        tags, removed = changed_tags(work, before)
        if tags:
            kms.tag_resource(KeyId=made.id, Tags=[{"TagKey": key, "TagValue": tags[key]} for key in tags])
        if removed:
            kms.untag_resource(KeyId=made.id, TagKeys=removed)
        return made

    def delete(self, work: Work, made: Made) -> None:
        days = work.properties.get("PendingWindowInDays", _WAITING_DAYS)
        call = work.clients.of("kms").schedule_key_deletion
        unless_gone(
            lambda: call(KeyId=made.id, PendingWindowInDays=days), "KMSInvalidStateException", "NotFoundException"
        )


class Alias(Kind):
    type = "AWS::KMS::Alias"

    def create(self, work: Work) -> Made:
        work.clients.of("kms").create_alias(**work.without())
        return Made(str(work.properties["AliasName"]))

    def update(self, work: Work, made: Made, before: Work) -> Made:
        if work.properties != before.properties:
            work.clients.of("kms").update_alias(AliasName=made.id, TargetKeyId=work.properties["TargetKeyId"])
        return made

    def delete(self, work: Work, made: Made) -> None:
        unless_gone(lambda: work.clients.of("kms").delete_alias(AliasName=made.id), "NotFoundException")


def _state(work: Work) -> tuple[bool, bool, int | None]:
    """Whether it may be used, whether it rotates, and after how many days."""
    given = work.properties
    days = given.get("RotationPeriodInDays")
    return given.get("Enabled", True), given.get("EnableKeyRotation", False), days


def _set_state(work: Work, made: Made) -> None:
    kms = work.clients.of("kms")
    enabled, rotates, days = _state(work)
    if rotates:
        kms.enable_key_rotation(KeyId=made.id, **({"RotationPeriodInDays": days} if days else {}))
    elif "EnableKeyRotation" in work.properties:
        kms.disable_key_rotation(KeyId=made.id)
    if not enabled:
        kms.disable_key(KeyId=made.id)
    elif "Enabled" in work.properties:
        kms.enable_key(KeyId=made.id)
