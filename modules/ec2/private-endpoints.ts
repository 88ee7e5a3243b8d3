import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { policyDocument, type PolicyStatement } from "../../core/policy";
import type { PrivateNetwork } from "./private-network";

/** Policies of endpoints, by the service as endpoints name it. */
export type EndpointPolicies = Readonly<Record<string, readonly PolicyStatement[]>>;

export interface PrivateEndpointsProps {
  readonly network: PrivateNetwork;
  readonly networkName: string;
  readonly region: string;
  readonly cidr: string;
  /** Of S3's endpoint, which stands in the routes. */
  readonly s3: readonly PolicyStatement[];
  /** Of endpoints that are interfaces in the subnets. */
  readonly interfaces: EndpointPolicies;
}

/** How a network without a way out reaches AWS's services, each as far as its endpoint's policy lets through. */
export class PrivateEndpoints extends Construct {
  /** Of S3's addresses. */
  readonly s3PrefixListId: string;
  /** The group of the interfaces. */
  readonly groupId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateEndpointsProps,
  ) {
    super(scope, id);
    this.s3PrefixListId = this.gateway().prefixListId;
    this.groupId = this.group().id;
    Object.entries(props.interfaces).forEach((endpoint) => {
      this.interface(...endpoint);
    });
  }

  private gateway(): VpcEndpoint {
    const { network, s3 } = this.props;
    return new VpcEndpoint(this, "s3", {
      ...this.of("s3", s3),
      vpcEndpointType: "Gateway",
      routeTableIds: [network.routeTableId],
    });
  }

  private group(): SecurityGroup {
    const { network, networkName, cidr } = this.props;
    const name = `${networkName}-endpoints`;
    return new SecurityGroup(this, "group", {
      name,
      description: "Endpoints: HTTPS from within the network",
      vpcId: network.vpcId,
      ingress: [{ description: "HTTPS", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidr] }],
      egress: [],
      tags: { Name: name },
    });
  }

  private interface(service: string, statements: readonly PolicyStatement[]): void {
    const { network } = this.props;
    new VpcEndpoint(this, service.replace(".", "-"), {
      ...this.of(service, statements),
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [...network.subnetIds],
      securityGroupIds: [this.groupId],
    });
  }

  private of(service: string, statements: readonly PolicyStatement[]) {
    const { network, networkName, region } = this.props;
    return {
      vpcId: network.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      policy: policyDocument(statements),
      tags: { Name: `${networkName}-${service}` },
    };
  }
}
