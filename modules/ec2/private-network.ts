import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { preventDestroy } from "../terraform/prevent-destroy";
import { subnetBlock } from "./subnet-block";

export interface PrivateNetworkProps {
  readonly networkName: string;
  readonly region: string;
  /** IPv4 block of 16 to 24 bits. */
  readonly cidr: string;
  /** Letters of Availability Zones, and what their subnets are called. */
  readonly subnets: Readonly<Record<string, string>>;
}

const named = (Name: string) => ({ tags: { Name } });

/**
 * A network without a way out: a subnet in each zone, and no route that leads elsewhere. What stands in it holds it, so that nothing
 * but taking the whole away destroys a subnet.
 */
export class PrivateNetwork extends Construct {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly routeTableId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateNetworkProps,
  ) {
    super(scope, id);
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      lifecycle: preventDestroy,
      ...named(props.networkName),
    });
    this.vpcId = vpc.id;
    this.closeDefaultGroup();
    this.routeTableId = new RouteTable(this, "routes", { vpcId: vpc.id, ...named(props.networkName) }).id;
    this.subnetIds = Object.entries(props.subnets).map((subnet) => this.subnet(...subnet));
  }

  /** The group that AWS puts what names none in lets nothing through. */
  private closeDefaultGroup(): void {
    new DefaultSecurityGroup(this, "default-group", {
      vpcId: this.vpcId,
      ingress: [],
      egress: [],
      ...named(`${this.props.networkName}-default`),
    });
  }

  private subnet(zone: string, name: string): string {
    const { region, cidr } = this.props;
    const subnet = new Subnet(this, zone, {
      vpcId: this.vpcId,
      availabilityZone: `${region}${zone}`,
      cidrBlock: subnetBlock(cidr, zone),
      lifecycle: preventDestroy,
      ...named(name),
    });
    new RouteTableAssociation(this, `${zone}-routes`, {
      subnetId: subnet.id,
      routeTableId: this.routeTableId,
    });
    return subnet.id;
  }
}
