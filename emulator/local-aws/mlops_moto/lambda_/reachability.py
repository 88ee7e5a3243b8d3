"""
Whether something in a network's subnets reaches an AWS service, or a host outside, by HTTPS: by endpoints, routes and
security groups. What it has no answer for, such as addresses behind a peering connection, it lets through.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network

EVERYWHERE = "0.0.0.0/0"


@dataclass(frozen=True)
class Peers:
    """Whom rules for HTTPS name: IPv4 blocks, security groups, prefix lists."""

    cidrs: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    prefix_lists: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    egress: Peers = field(default_factory=Peers)
    ingress: Peers = field(default_factory=Peers)


@dataclass(frozen=True)
class Subnet:
    """`routes`: ids of gateways and the like, by IPv4 block; without the network's own."""

    id: str
    cidr: str
    route_table: str
    routes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Endpoint:
    """`service` without `com.amazonaws.<region>.`; `prefix_list` of a gateway, `groups` of an interface."""

    id: str
    service: str
    route_tables: frozenset[str] = frozenset()
    prefix_list: str | None = None
    subnets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    private_dns: bool = False


@dataclass(frozen=True)
class Network:
    """`nats`: the subnet of each public NAT gateway. `subnets`, `groups`: all of the network's, by id."""

    cidrs: tuple[str, ...]
    subnets: Mapping[str, Subnet]
    groups: Mapping[str, Group]
    endpoints: tuple[Endpoint, ...] = ()
    nats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where something stands; any of the subnets may be chosen."""

    network: Network
    subnets: tuple[str, ...]
    groups: tuple[str, ...]


def why_unreachable(place: Place, service: str | None) -> str | None:
    """
    What is missing, in one sentence; None: it is reached.

    service: as endpoints are named; None: a host outside of AWS
    """
    endpoints = [each for each in place.network.endpoints if each.service == service]
    interface = next((each for each in endpoints if each.private_dns), None)
    reasons = (
        _by_interface(place, interface, subnet) if interface else _by_route(place, endpoints, subnet, service)
        for subnet in (place.network.subnets[each] for each in place.subnets)
    )
    return next((each for each in reasons if each), None)


def _by_interface(place: Place, endpoint: Endpoint, subnet: Subnet) -> str | None:
    """With private DNS, the service's name leads to the endpoint and nowhere else."""
    out, within = _egress(place), [place.network.subnets[each].cidr for each in endpoint.subnets]
    if not _overlap(out.cidrs, within) and out.groups.isdisjoint(endpoint.groups):
        return f"no rule of {_named(place.groups)} lets HTTPS out to endpoint {endpoint.id} of {endpoint.service}"
    ingress = _joined(place.network.groups[each].ingress for each in endpoint.groups)
    if not _overlap(ingress.cidrs, [subnet.cidr]) and ingress.groups.isdisjoint(place.groups):
        whence = f"{_named(place.groups)} in {subnet.id}"
        return f"no rule of {_named(endpoint.groups)} lets HTTPS from {whence} in to endpoint {endpoint.id}"
    return None


def _by_route(place: Place, endpoints: Iterable[Endpoint], subnet: Subnet, service: str | None) -> str | None:
    gateway = next((each for each in endpoints if subnet.route_table in each.route_tables), None)
    out = _egress(place)
    outside = any(not _is_within(each, place.network.cidrs) for each in out.cidrs)
    if gateway:
        if outside or gateway.prefix_list in out.prefix_lists:
            return None
        return f"no rule of {_named(place.groups)} lets HTTPS out to the prefix list of {service}"
    reason = _way_out(place.network, subnet, service)
    if reason:
        return reason
    if not outside and not out.prefix_lists:
        return f"no rule of {_named(place.groups)} lets HTTPS out of the network"
    return None


def _way_out(network: Network, subnet: Subnet, service: str | None) -> str | None:
    """Whoever has no public address gets out by a NAT gateway alone; what leads elsewhere, leads nobody knows where."""
    to = subnet.routes.get(EVERYWHERE)
    if to is None:
        leads_elsewhere = any(not each.startswith("igw-") for each in subnet.routes.values())
        if service is None and leads_elsewhere:
            return None
        return f"{subnet.id} has no route out of the network" + (f", nor an endpoint for {service}" if service else "")
    if to.startswith("igw-"):
        return f"{subnet.id} leads to internet gateway {to}, which nothing without a public address gets through"
    if to.startswith("nat-"):
        at = network.subnets.get(network.nats.get(to, ""))
        if at is None or not at.routes.get(EVERYWHERE, "").startswith("igw-"):
            return f"NAT gateway {to} has no route to an internet gateway"
    return None


def _egress(place: Place) -> Peers:
    return _joined(place.network.groups[each].egress for each in place.groups)


def _joined(peers: Iterable[Peers]) -> Peers:
    all_of = list(peers)
    return Peers(
        frozenset().union(*(each.cidrs for each in all_of)),
        frozenset().union(*(each.groups for each in all_of)),
        frozenset().union(*(each.prefix_lists for each in all_of)),
    )


def _overlap(some: Iterable[str], others: Iterable[str]) -> bool:
    blocks = [IPv4Network(each) for each in others]
    return any(IPv4Network(each).overlaps(block) for each in some for block in blocks)


def _is_within(cidr: str, blocks: Iterable[str]) -> bool:
    return any(IPv4Network(cidr).subnet_of(IPv4Network(each)) for each in blocks)


def _named(groups: Iterable[str]) -> str:
    return f"security group {', '.join(groups)}"
