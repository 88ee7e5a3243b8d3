import { SecurityGroup, type SecurityGroupIngress } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import type { PrivateEndpoints } from "./private-endpoints";

export interface JobsGroupProps {
  readonly groupName: string;
  readonly vpcId: string;
  readonly endpoints: PrivateEndpoints;
}

/** What machines of one job say to one another, encrypted. https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html */
const amongThemselves: SecurityGroupIngress[] = [
  {
    description: "Keys of encrypted traffic",
    protocol: "udp",
    fromPort: 500,
    toPort: 500,
    selfAttribute: true,
  },
  { description: "Encrypted traffic", protocol: "50", fromPort: 0, toPort: 0, selfAttribute: true },
];

/** The group of jobs, functions and what serves: they reach one another encrypted, and the endpoints, and nothing else. */
export class JobsGroup extends Construct {
  constructor(scope: Construct, id: string, { groupName, vpcId, endpoints }: JobsGroupProps) {
    super(scope, id);
    const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
    new SecurityGroup(this, "group", {
      name: groupName,
      description: "Jobs and functions: one another, and endpoints of services",
      vpcId,
      ingress: amongThemselves,
      egress: [
        ...amongThemselves,
        { description: "Interfaces of services", ...https, securityGroups: [endpoints.groupId] },
        { description: "S3", ...https, prefixListIds: [endpoints.s3PrefixListId] },
      ],
      tags: { Name: groupName },
    });
  }
}
