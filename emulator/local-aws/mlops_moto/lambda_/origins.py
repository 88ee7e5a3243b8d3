"""Where functions find what stands on the Internet: some of AWS's own addresses are this local AWS."""

import json
import os


def custom_resource_responses(region: str) -> str:
    """
    Origin of the addresses that custom resources answer at.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
    """
    return f"https://cloudformation-custom-resource-response-{region.replace('-', '')}.s3.{region}.amazonaws.com"


def elsewhere(region: str) -> str:
    """For `redirectElsewhere` of the functions' runtime: addresses by origin, as JSON."""
    given: dict[str, str] = json.loads(os.environ.get("MLOPS_ELSEWHERE", "{}"))
    return json.dumps({custom_resource_responses(region): f"http://127.0.0.1:{os.environ['MOTO_PORT']}", **given})
