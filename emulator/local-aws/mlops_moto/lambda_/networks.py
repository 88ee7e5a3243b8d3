"""Networks of functions as they stand in local AWS, and what a function in one does not reach."""

from collections.abc import Iterable
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.ec2.models import EC2Backend, ec2_backends
from moto.utilities.arns import parse_arn

from .reachability import Endpoint, Group, Network, Peers, Place, Subnet, why_unreachable

_HTTPS = 443
_ENDPOINTS = {
    "codeconnections": "codeconnections.api",
    "codestar-connections": "codestar-connections.api",
    "ecr": "ecr.api",
    "sagemaker": "sagemaker.api",
}
"""What endpoints of services are called whose signatures have another name."""


def unreachable(function: LambdaFunction, service: str | None) -> str | None:
    """
    Why a function does not reach a service, by the name that its requests are signed for; None: it does, is in no
    network, or in one that local AWS does not know. With the lock.

    service: None: a host outside of AWS
    """
    place = _place(function)
    reason = why_unreachable(place, _ENDPOINTS.get(service, service) if service else None) if place else None
    if reason is None:
        return None
    return f"{function.function_name} does not reach {service or 'hosts outside of AWS'}: {reason}"


def _place(function: LambdaFunction) -> Place | None:
    config = function.vpc_config or {}
    subnets, groups = (tuple(config.get(name) or ()) for name in ("SubnetIds", "SecurityGroupIds"))
    at = parse_arn(function.function_arn)
    backend = ec2_backends[at.account][str(at.region)]
    known = {each.id: each for by_zone in backend.subnets.values() for each in by_zone.values()}
    if not subnets or any(each not in known for each in subnets):
        return None
    network = _network(backend, known[subnets[0]].vpc_id)
    return Place(network, subnets, groups) if all(each in network.groups for each in groups) else None


def _network(backend: EC2Backend, vpc_id: str) -> Network:
    subnets = [each for by_zone in backend.subnets.values() for each in by_zone.values() if each.vpc_id == vpc_id]
    associations = backend.get_vpc(vpc_id).cidr_block_association_set
    nats = [each for each in backend.nat_gateways.values() if each.connectivity_type != "private"]
    endpoints = [each for each in backend.vpc_end_points.values() if each.vpc_id == vpc_id]
    return Network(
        tuple(each["cidr_block"] for each in associations),
        {each.id: _subnet(backend, each) for each in subnets},
        {key: _group(group) for key, group in backend.groups[vpc_id].items()},
        tuple(_endpoint(backend, each) for each in endpoints),
        {each.id: each.subnet_id for each in nats if each.state == "available"},
    )


def _subnet(backend: EC2Backend, subnet: Any) -> Subnet:
    tables = [each for each in backend.route_tables.values() if each.vpc_id == subnet.vpc_id]
    own = [each for each in tables if subnet.id in each._associations.values()]
    table = (own or [each for each in tables if each.main_association_id])[0]
    routes = [each for each in table.routes if not each.local and each.destination_cidr_block]
    return Subnet(subnet.id, subnet.cidr_block, table.id, {each.destination_cidr_block: _to(each) for each in routes})


def _to(route: Any) -> str:
    named = ("gateway", "nat_gateway", "transit_gateway", "vpc_pcx", "interface", "instance", "carrier_gateway")
    found = next((getattr(route, name) for name in named if getattr(route, name)), None)
    return str(found.id if found else route.vpc_endpoint_id or "unknown")


def _group(group: Any) -> Group:
    return Group(_peers(group.egress_rules), _peers(group.ingress_rules))


def _peers(rules: Iterable[Any]) -> Peers:
    https = [rule for rule in rules if _is_https(rule)]
    return Peers(
        frozenset(rule.ip_range["CidrIp"] for rule in https if rule.ip_range.get("CidrIp")),
        frozenset(rule.source_group["GroupId"] for rule in https if rule.source_group.get("GroupId")),
        frozenset(rule.prefix_list_id for rule in https if rule.prefix_list_id),
    )


def _is_https(rule: Any) -> bool:
    if rule.ip_protocol == "-1":
        return True
    return bool(rule.ip_protocol == "tcp" and rule.from_port <= _HTTPS <= rule.to_port)


def _endpoint(backend: EC2Backend, endpoint: Any) -> Endpoint:
    """One of an interface without groups has the network's own."""
    groups = endpoint.security_group_ids or [backend.get_default_security_group(endpoint.vpc_id).id]
    return Endpoint(
        endpoint.id,
        endpoint.service_name.split(".", 3)[-1],
        frozenset(endpoint.route_table_ids or ()),
        endpoint.destination_prefix_list_id,
        tuple(endpoint.subnet_ids or ()),
        tuple(groups),
        str(endpoint.private_dns_enabled).lower() == "true",
    )
