import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsSecurityGroups } from "@cdktf/provider-aws/lib/data-aws-security-groups";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { TerraformResource, type TerraformDataSource } from "cdktf";
import { Construct } from "constructs";
import { standInId } from "../../core/drawn-ids";

export interface LookedUpNetworkProps {
  /** What its subnets are called, by the letters of their zones. */
  readonly subnets: Readonly<Record<string, string>>;
  /** What the group of jobs is called. */
  readonly jobs: string;
}

/**
 * Ids of a network that a stack beside this one makes, found by its names. What stands when Terraform plans it reads then: of a list, which
 * may be empty. What is planned with it, it reads when it applies: that lookup waits for a marker, which changes with the names.
 */
export class LookedUpNetwork extends Construct {
  /** What Terraform puts where such a text stands. */
  readonly standIns: Readonly<Record<string, string>>;
  /** An expression. */
  readonly vpcId: string;
  private readonly marker: TerraformResource;

  constructor(scope: Construct, id: string, { subnets, jobs }: LookedUpNetworkProps) {
    super(scope, id);
    // cdktf's own class would ask Terraform for its version at each synthesis.
    this.marker = new TerraformResource(this, "marker", { terraformResourceType: "terraform_data" });
    this.marker.addOverride("input", [...Object.values(subnets), jobs]);
    const group = this.group(jobs);
    this.vpcId = group.vpcId;
    this.standIns = Object.fromEntries([
      ...Object.entries(subnets).map(([zone, name]) => [
        standInId("aws_subnet", name),
        this.subnet(zone, name),
      ]),
      [standInId("aws_security_group", jobs), group.id],
    ]) as Readonly<Record<string, string>>;
  }

  private subnet(zone: string, name: string): string {
    const standing = new DataAwsSubnets(this, `standing-${zone}`, { tags: { Name: name } });
    const planned = new DataAwsSubnet(this, zone, { tags: { Name: name }, dependsOn: [this.marker] });
    return eitherOf(`${addressOf(standing)}.ids[0]`, `${addressOf(planned)}.id`);
  }

  private group(name: string): { readonly id: string; readonly vpcId: string } {
    const standing = addressOf(new DataAwsSecurityGroups(this, "standing-jobs", { tags: { Name: name } }));
    const planned = addressOf(
      new DataAwsSecurityGroup(this, "jobs", { tags: { Name: name }, dependsOn: [this.marker] }),
    );
    return {
      id: eitherOf(`${standing}.ids[0]`, `${planned}.id`),
      vpcId: eitherOf(`${standing}.vpc_ids[0]`, `${planned}.vpc_id`),
    };
  }
}

const addressOf = ({ terraformResourceType, friendlyUniqueId }: TerraformDataSource): string =>
  `data.${terraformResourceType}.${friendlyUniqueId}`;

const eitherOf = (standing: string, planned: string): string => `\${try(${standing}, ${planned})}`;
