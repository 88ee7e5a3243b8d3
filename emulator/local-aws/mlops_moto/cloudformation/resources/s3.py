"""
Buckets. One that is not empty is not deleted.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
"""

from botocore.exceptions import ClientError

from .kind import Kind, Made, ResourceError, Work, unless_gone

_LONGEST_NAME = 63


class Bucket(Kind):
    type = "AWS::S3::Bucket"
    settable = frozenset(
        {
            "BucketEncryption",
            "BucketName",
            "OwnershipControls",
            "PublicAccessBlockConfiguration",
            "Tags",
            "VersioningConfiguration",
        }
    )

    def create(self, work: Work) -> Made:
        name = work.properties.get("BucketName") or work.name(_LONGEST_NAME).lower()
        if _is_own(work, name):
            raise ResourceError(f"{name} already exists")
        place = {"CreateBucketConfiguration": {"LocationConstraint": work.region}}
        work.clients.of("s3").create_bucket(Bucket=name, **({} if work.region == "us-east-1" else place))
        host = f"s3.{work.region}.amazonaws.com"
        return Made(
            name,
            {
                "Arn": f"arn:aws:s3:::{name}",
                "DomainName": f"{name}.s3.amazonaws.com",
                "DualStackDomainName": f"{name}.s3.dualstack.{work.region}.amazonaws.com",
                "RegionalDomainName": f"{name}.{host}",
            },
        )

    def settle(self, work: Work, made: Made) -> Made:
        return self.update(work, made, work.with_properties({}))

    def update(self, work: Work, made: Made, before: Work) -> Made:
        s3, given = work.clients.of("s3"), work.properties
        removed = [name for name in before.properties if name not in given and name != "Tags"]
        if removed:
            raise ResourceError(f"Local AWS does not take back {', '.join(removed)} of a bucket")
        if "BucketEncryption" in given:
            rules = [_encryption(each) for each in given["BucketEncryption"]["ServerSideEncryptionConfiguration"]]
            s3.put_bucket_encryption(Bucket=made.id, ServerSideEncryptionConfiguration={"Rules": rules})
        if "OwnershipControls" in given:
            s3.put_bucket_ownership_controls(Bucket=made.id, OwnershipControls=given["OwnershipControls"])
        if "PublicAccessBlockConfiguration" in given:
            block = given["PublicAccessBlockConfiguration"]
            s3.put_public_access_block(Bucket=made.id, PublicAccessBlockConfiguration=block)
        if "VersioningConfiguration" in given:
            s3.put_bucket_versioning(Bucket=made.id, VersioningConfiguration=given["VersioningConfiguration"])
        if work.tags:
            s3.put_bucket_tagging(Bucket=made.id, Tagging={"TagSet": work.pairs()})
        elif before.tags:
            s3.delete_bucket_tagging(Bucket=made.id)
        return made

    def delete(self, work: Work, made: Made) -> None:
        unless_gone(lambda: work.clients.of("s3").delete_bucket(Bucket=made.id), "NoSuchBucket")


def _encryption(rule: dict[str, object]) -> dict[str, object]:
    told = {"ApplyServerSideEncryptionByDefault": rule.get("ServerSideEncryptionByDefault")}
    return {**told, **({"BucketKeyEnabled": rule["BucketKeyEnabled"]} if "BucketKeyEnabled" in rule else {})}


def _is_own(work: Work, name: str) -> bool:
    """S3 lets its owner make a bucket twice in one region."""
    try:
        work.clients.of("s3").head_bucket(Bucket=name)
    except ClientError:
        return False
    return True
