import { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { serviceTrust } from "../../../core/policy";
import type { ProjectTemplatesNames } from "../../../core/project-names";
import { functionNetworkStatements } from "../../../modules/ec2/statements";
import { Role } from "../../../modules/iam/role";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { LogGroup } from "../../../modules/logs/log-group";
import { accountRegionOf } from "../../topology";
import { networkThatLeadsOut } from "./network";
import { seedStatements } from "./statements";

export interface SeedFunctionProps {
  readonly environment: WorkloadEnvironment;
  readonly names: ProjectTemplatesNames;
  readonly keyArn: string;
  /** ARN of the connection to GitHub. @default none */
  readonly connectionArn: string | undefined;
  readonly gitlab: { readonly url: string; readonly tokenSecret: string } | undefined;
}

/** Seconds; CloudFormation waits a minute more (`templates/repositories.ts`). */
const timeout = 300;

/** Fills the repositories of projects: projects' stacks call it as the role that makes them. */
export class SeedFunction extends Construct {
  constructor(scope: Construct, id: string, props: SeedFunctionProps) {
    super(scope, id);
    const { environment, names, connectionArn, gitlab } = props;
    const where = accountRegionOf(environment);
    const network = networkThatLeadsOut(environment);
    const { group } = new LogGroup(this, "log", { logGroupName: names.seedLogGroup, keyArn: props.keyArn });
    const role = new Role(this, "role", {
      roleName: names.seedRole,
      description: "Fills the repositories of SageMaker projects",
      trust: [serviceTrust(["lambda.amazonaws.com"], where.account)],
      inlinePolicies: {
        "seed-repository": seedStatements(where, names, { connectionArn, gitlabSecret: gitlab?.tokenSecret }),
        ...(network && { network: functionNetworkStatements(where, network) }),
      },
    });
    new NodeFunction(this, "function", {
      functionName: names.seedFunction,
      description: "Fills the repositories of SageMaker projects",
      handler: "seed-repository",
      roleArn: role.arn,
      environment: {
        SEEDS_BUCKET: names.templatesBucket,
        ...(connectionArn !== undefined && { CONNECTION: connectionArn }),
        ...(gitlab && { GITLAB_URL: gitlab.url, GITLAB_TOKEN_SECRET: gitlab.tokenSecret }),
      },
      timeout,
      network,
      logGroupName: group.name,
      dependsOn: role.policies,
    });
  }
}
