import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment, Estate, WorkloadEnvironment } from "../config/schema";
import { policyArn, roleArn } from "../core/arns";
import { stateKey } from "../core/state-keys";
import { defaultTags } from "../core/tags";
import { LookedUpNetwork } from "../modules/ec2/looked-up-network";
import { boundRolesIn } from "../modules/iam/role";
import { claimsOf, type NameClaim, type Resources } from "./name-claims";
import { madeNetwork } from "./network";
import { accountRegionOf, namesOfAccount } from "./topology";

/** What every stack gets. */
export interface AccountStackProps<Kind extends Environment = Environment> {
  readonly estate: Estate;
  readonly environment: Kind;
  /** Name of the role to work as in the account: that which applies the stack, or a plan-only role. */
  readonly role: string;
}

/**
 * A stack in one account: provider and state both assume a role of that account, and Terraform refuses any other
 * account. Tags are set here, once.
 */
export abstract class AccountStack extends TerraformStack {
  private readonly environment: Environment;
  private rendered: { readonly resource?: Resources } | undefined;
  private standIns: Readonly<Record<string, string>> = {};

  protected constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    this.environment = props.environment;
    const { permissionsBoundary } = props.environment;
    if (permissionsBoundary !== undefined)
      boundRolesIn(this, policyArn(props.environment, permissionsBoundary));
    const role = roleArn(props.environment, props.role);
    this.useAccount(id, props, role);
    this.keepState(id, props, role);
  }

  /**
   * cdktf resolves every stack once beforehand, for references from stack to stack to add their outputs. There are none: no
   * stack reads another's state (ADR 5).
   */
  override prepareStack(): void {
    return;
  }

  /** Asked for the stack's names and again for its files: nothing is added between the two. */
  override toTerraform(): { readonly resource?: Resources } {
    this.rendered ??= this.withoutStandIns(super.toTerraform() as { readonly resource?: Resources });
    return this.rendered;
  }

  /** From the network that the account's stacks make: its ids, wherever texts stand for them. Nothing where they make none. */
  protected lookUpNetwork(estate: Estate, workload: WorkloadEnvironment): LookedUpNetwork | undefined {
    const made = madeNetwork(estate, workload);
    if (!made) return undefined;
    const network = new LookedUpNetwork(this, "network", { subnets: made.subnets, jobs: made.names.jobs });
    this.standIns = network.standIns;
    return network;
  }

  private withoutStandIns<Rendered>(rendered: Rendered): Rendered {
    const standIns = Object.entries(this.standIns);
    if (standIns.length === 0) return rendered;
    const text = standIns.reduce(
      (all, [standIn, value]) => all.replaceAll(standIn, () => value),
      JSON.stringify(rendered),
    );
    return JSON.parse(text) as Rendered;
  }

  /** The physical names of its resources. */
  nameClaims(): NameClaim[] {
    const claimant = { stack: this.node.id, ...accountRegionOf(this.environment) };
    return claimsOf(claimant, this.toTerraform().resource ?? {});
  }

  private useAccount(id: string, { estate, environment }: AccountStackProps, role: string): void {
    const { project, owner, tags } = estate.shared;
    new AwsProvider(this, "aws", {
      region: environment.region,
      allowedAccountIds: [environment.account],
      assumeRole: [{ roleArn: role, sessionName: id }],
      defaultTags: [
        { tags: defaultTags({ project, owner, environment: environment.name, stack: id, extra: tags }) },
      ],
    });
  }

  /** State in the account's own bucket. Locks are files beside it (ADR 6); cdktf 0.21 has no property for them. */
  private keepState(id: string, { estate, environment }: AccountStackProps, role: string): void {
    new S3Backend(this, {
      bucket: namesOfAccount(estate, environment).stateBucket,
      key: stateKey(id),
      region: environment.region,
      assumeRole: { roleArn: role, sessionName: id },
    });
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    this.addOverride("terraform.backend.s3.allowed_account_ids", [environment.account]);
  }
}
