"""From which network a request comes: the runner says of a job's transfers in which subnet the job runs."""

from collections.abc import Mapping

from moto.ec2.exceptions import InvalidSubnetIdError
from moto.ec2.models import ec2_backends

_SUBNET = "x-local-aws-subnet"
VPC = "x-local-aws-vpc"


def with_network(headers: Mapping[str, str], account: str, region: str) -> Mapping[str, str]:
    """Headers with the VPC of the subnet that they name; none where there is no such subnet."""
    known = {name: value for name, value in headers.items() if name != VPC}
    subnet = headers.get(_SUBNET)
    if subnet is None:
        return known
    try:
        return {**known, VPC: str(ec2_backends[account][region].get_subnet(subnet).vpc_id)}
    except InvalidSubnetIdError:
        return known
