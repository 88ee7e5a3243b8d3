import { join } from "node:path";
import type { CiEnvironment, Estate } from "../config/schema";
import { roleArn } from "../core/arns";
import { Accounts } from "../deploy/access/accounts";
import { applierOf } from "../deploy/estate/stack-facts";
import type { TerraformContext } from "../deploy/estate/terraform-context";
import { PlanFolder } from "../deploy/plans/plan-folder";
import { instanceCredentials } from "../emulator/local-aws";
import type { Applier, StackDescription } from "../stacks/kind";
import type { LocalAwsAddress } from "../tools/local-aws/address";

/** Somebody who applies stacks, with all that it works with. */
export interface ActingApplier {
  readonly stacks: readonly StackDescription[];
  readonly accounts: Accounts;
  readonly runs: TerraformContext;
  readonly folder: PlanFolder;
}

/** Where plans are kept: one wave is planned while another's plans are applied, and nobody applies those that are made again. */
export type PlansFolder = "plans" | "plans-ahead" | "plans-again";

/** Whoever applies stacks, each as who they are: an administrator as the caller, the CI server as its instance's role. */
export class Appliers {
  constructor(
    private readonly estate: Estate,
    private readonly localAws: LocalAwsAddress,
    private readonly runs: TerraformContext,
    /** Gets the folders of plans. */
    private readonly directory: string,
  ) {}

  /** Those who apply one of these stacks. */
  of(stacks: readonly StackDescription[], plans: PlansFolder): Promise<ActingApplier[]> {
    const appliers = [...new Set(stacks.map(applierOf))];
    return Promise.all(
      appliers.map((applier) =>
        this.acting(
          applier,
          stacks.filter((stack) => applierOf(stack) === applier),
          new PlanFolder(join(this.directory, plans, applier)),
        ),
      ),
    );
  }

  private async acting(
    applier: Applier,
    stacks: readonly StackDescription[],
    folder: PlanFolder,
  ): Promise<ActingApplier> {
    const { estate, runs } = this;
    const server = estate.environments.find((each): each is CiEnvironment => each.kind === "ci");
    if (applier === "administrator" || !server)
      return { stacks, accounts: new Accounts(estate), runs, folder };
    const role = roleArn(server, server.jenkinsServerRole);
    const credentials = await instanceCredentials(this.localAws, role, server.region);
    const { tool } = runs;
    const environment = {
      ...tool.environment,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    };
    return {
      ...{ stacks, folder },
      accounts: new Accounts(estate, undefined, credentials),
      runs: { ...runs, tool: { ...tool, environment } },
    };
  }
}
