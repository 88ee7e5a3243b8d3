"""What is reached from a network, by endpoints, routes and security groups."""

from __future__ import annotations

from dataclasses import replace

import pytest
from mlops_moto.lambda_.reachability import Endpoint, Group, Network, Peers, Place, Subnet, why_unreachable

OUT = Group(egress=Peers(cidrs=frozenset({"0.0.0.0/0"})))
WITHIN = Group(egress=Peers(cidrs=frozenset({"10.0.0.0/16"})), ingress=Peers(cidrs=frozenset({"10.0.0.0/16"})))
PRIVATE = Subnet("subnet-private", "10.0.0.0/24", "rtb-private", {"0.0.0.0/0": "nat-1"})
PUBLIC = Subnet("subnet-public", "10.0.1.0/24", "rtb-public", {"0.0.0.0/0": "igw-1"})
CLOSED = Subnet("subnet-closed", "10.0.2.0/24", "rtb-closed")
PEERED = Subnet("subnet-peered", "10.0.3.0/24", "rtb-peered", {"10.9.0.0/16": "pcx-1"})
TRANSIT = Subnet("subnet-transit", "10.0.4.0/24", "rtb-transit", {"0.0.0.0/0": "tgw-1"})
LOGS = Endpoint("vpce-logs", "logs", subnets=("subnet-closed",), groups=("sg-within",), private_dns=True)
S3 = Endpoint("vpce-s3", "s3", route_tables=frozenset({"rtb-closed"}), prefix_list="pl-s3")
NETWORK = Network(
    ("10.0.0.0/16",),
    {each.id: each for each in (PRIVATE, PUBLIC, CLOSED, PEERED, TRANSIT)},
    {
        "sg-out": OUT,
        "sg-within": WITHIN,
        "sg-closed": Group(),
        "sg-s3": Group(egress=Peers(prefix_lists=frozenset({"pl-s3"}))),
        "sg-endpoint": Group(ingress=Peers(groups=frozenset({"sg-caller"}))),
        "sg-caller": Group(egress=Peers(groups=frozenset({"sg-endpoint"}))),
    },
    (LOGS, S3),
    {"nat-1": "subnet-public"},
)


def why(service: str | None, subnet: str, group: str, network: Network = NETWORK) -> str | None:
    return why_unreachable(Place(network, (f"subnet-{subnet}",), (f"sg-{group}",)), service)


@pytest.mark.parametrize(
    ("service", "subnet", "group"),
    [
        (None, "private", "out"),
        ("sqs", "private", "out"),
        ("sqs", "transit", "out"),  # nobody knows what is behind it
        (None, "peered", "out"),
        ("logs", "closed", "within"),
        ("logs", "private", "out"),
        ("s3", "closed", "s3"),
        ("s3", "closed", "out"),
    ],
)
def test_what_is_reached(service: str | None, subnet: str, group: str) -> None:
    assert why(service, subnet, group) is None


@pytest.mark.parametrize(
    ("service", "subnet", "group", "reason"),
    [
        (None, "closed", "out", "subnet-closed has no route out of the network"),
        ("sqs", "closed", "out", "subnet-closed has no route out of the network, nor an endpoint for sqs"),
        ("sqs", "peered", "out", "subnet-peered has no route out of the network, nor an endpoint for sqs"),
        ("s3", "private", "within", "no rule of security group sg-within lets HTTPS out of the network"),
        ("s3", "closed", "within", "no rule of security group sg-within lets HTTPS out to the prefix list of s3"),
        (
            None,
            "public",
            "out",
            "subnet-public leads to internet gateway igw-1, which nothing without a public address gets through",
        ),
        (
            "logs",
            "private",
            "closed",
            "no rule of security group sg-closed lets HTTPS out to endpoint vpce-logs of logs",
        ),
    ],
)
def test_what_is_missing_is_told(service: str | None, subnet: str, group: str, reason: str) -> None:
    assert why(service, subnet, group) == reason


def test_a_nat_gateway_leads_nowhere_without_an_internet_gateway() -> None:
    shut = replace(NETWORK, subnets={**NETWORK.subnets, "subnet-public": replace(PUBLIC, routes={})})
    assert why(None, "private", "out", shut) == "NAT gateway nat-1 has no route to an internet gateway"
    assert why(None, "private", "out", replace(NETWORK, nats={})) is not None


def test_an_endpoints_group_must_let_the_function_in_and_its_own_let_it_out() -> None:
    by_group = replace(NETWORK, endpoints=(replace(LOGS, groups=("sg-endpoint",)),))
    assert why("logs", "closed", "caller", by_group) is None
    assert why("logs", "closed", "out", by_group) == (
        "no rule of security group sg-endpoint lets HTTPS from security group sg-out in subnet-closed in to endpoint "
        "vpce-logs"
    )


def test_an_endpoint_without_private_dns_is_passed_by() -> None:
    aside = replace(NETWORK, endpoints=(replace(LOGS, private_dns=False),))
    assert why("logs", "private", "out", aside) is None
    assert why("logs", "closed", "out", aside) is not None


def test_every_subnet_must_reach_it_for_any_may_be_chosen() -> None:
    place = Place(NETWORK, ("subnet-private", "subnet-closed"), ("sg-out",))
    assert why_unreachable(place, "sqs") == "subnet-closed has no route out of the network, nor an endpoint for sqs"
