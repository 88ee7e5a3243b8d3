"""Functions in a network that stands in local AWS reach what AWS's would."""

from __future__ import annotations

import json
from typing import Any

import pytest
from deployed_functions import create_function
from local_account import REGION, Account

ASKS = """
const { SQSClient, ListQueuesCommand } = require("@aws-sdk/client-sqs");
const reached = (call) => call.then(() => "reached", (error) => error.cause?.message ?? error.message);
exports.handler = async ({ url }) => ({
  sqs: await reached(new SQSClient({}).send(new ListQueuesCommand({}))),
  host: await reached(fetch(url)),
});
"""
NOWHERE = "https://host.invalid/"


@pytest.fixture
def network(account: Account) -> dict[str, Any]:
    """Without a way out, and with a group that lets everything out."""
    ec2 = account.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="functions", Description="functions", VpcId=vpc)["GroupId"]
    return {"vpc": vpc, "subnet": subnet, "group": group}


def asked(account: Account, network: dict[str, Any]) -> dict[str, str]:
    config = {"SubnetIds": [network["subnet"]], "SecurityGroupIds": [network["group"]]}
    create_function(account, ASKS, VpcConfig=config, Timeout=60)
    return again(account)


def again(account: Account) -> dict[str, str]:
    event = json.dumps({"url": NOWHERE}).encode()
    told = account.client("lambda").invoke(FunctionName="guard", Payload=event)
    return dict(json.loads(told["Payload"].read()))


def test_a_function_is_refused_what_it_does_not_reach_until_there_is_an_endpoint(
    account: Account, network: dict[str, Any]
) -> None:
    told = asked(account, network)
    missing = f"{network['subnet']} has no route out of the network"
    assert told == {
        "sqs": f"On AWS this call would hang: guard does not reach sqs: {missing}, nor an endpoint for sqs",
        "host": f"guard does not reach hosts outside of AWS: {missing}",
    }
    ec2 = account.client("ec2")
    inside = ec2.create_security_group(GroupName="endpoints", Description="endpoints", VpcId=network["vpc"])["GroupId"]
    ec2.create_vpc_endpoint(
        VpcEndpointType="Interface",
        VpcId=network["vpc"],
        ServiceName=f"com.amazonaws.{REGION}.sqs",
        SubnetIds=[network["subnet"]],
        SecurityGroupIds=[inside],
        PrivateDnsEnabled=True,
    )
    assert f"no rule of security group {inside} lets HTTPS" in again(account)["sqs"]
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}
    ec2.authorize_security_group_ingress(GroupId=inside, IpPermissions=[rule])
    assert again(account)["sqs"] == "reached"


def test_a_nat_gateway_leads_out(account: Account, network: dict[str, Any]) -> None:
    ec2 = account.client("ec2")
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=network["vpc"])
    public = ec2.create_subnet(VpcId=network["vpc"], CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=address)["NatGateway"]["NatGatewayId"]
    for subnet, to in ((public, {"GatewayId": gateway}), (network["subnet"], {"NatGatewayId": nat})):
        table = ec2.create_route_table(VpcId=network["vpc"])["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **to)
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    told = asked(account, network)
    assert told["sqs"] == "reached"
    assert "outside of AWS" not in told["host"]  # it was tried: there is no such host


def test_a_network_that_local_aws_does_not_know_hinders_nobody(account: Account) -> None:
    told = asked(account, {"subnet": "subnet-0123456789abcdef0", "group": "sg-0123456789abcdef0"})
    assert told["sqs"] == "reached"
