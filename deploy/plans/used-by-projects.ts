import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateDescribeStacks,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import type { StateResource } from "../terraform/state-json";
import { saidIn } from "./said-in";

/** What offers templates of projects, and all that projects made of them work by. */
const offering = "aws_servicecatalog_portfolio";

/**
 * SageMaker projects that stand, and say in their stacks what is to go: without the launch role they can be changed and deleted no more, without
 * the key their artifacts are lost.
 * @param going of the stack, what is to be destroyed; asks nobody where that is not what offers templates
 * @returns a line for each project, or one where the role may not look, for then nobody knows
 */
export async function usedByProjects(
  accounts: Pick<Accounts, "of">,
  stack: StackDescription,
  going: readonly StateResource[],
): Promise<string[]> {
  if (!going.some(({ type }) => type === offering)) return [];
  try {
    return await projectsOn(new CloudFormationClient(await accounts.of(stack)), stack, going);
  } catch (error) {
    if (!(error as Error).name.startsWith("AccessDenied")) throw error;
    const { id } = stack;
    return [
      `${id}: would destroy what SageMaker projects may use, and this role may not see whether any stands (${(error as Error).message}); remedy: --role with one that may`,
    ];
  }
}

async function projectsOn(
  cloudformation: CloudFormationClient,
  stack: StackDescription,
  going: readonly StateResource[],
): Promise<string[]> {
  const lines: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {}))
    for (const project of Stacks.filter((one) => valueOf(one, "SageMakerProjectId") !== undefined)) {
      const { TemplateBody } = await cloudformation.send(
        new GetTemplateCommand({ StackName: project.StackId }),
      );
      const used = saidIn(going, JSON.stringify(project) + (TemplateBody ?? ""));
      if (used.length > 0) lines.push(describe(stack, project, used));
    }
  return lines;
}

const valueOf = ({ Parameters = [] }: Stack, name: string): string | undefined =>
  Parameters.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue;

function describe({ id, environment }: StackDescription, project: Stack, used: readonly string[]): string {
  const name = valueOf(project, "SageMakerProjectName") ?? "";
  return (
    `${id}: would destroy what the SageMaker project ${name} (${valueOf(project, "SageMakerProjectId") ?? ""}) uses, which ` +
    `stands: ${used.join(", ")}; mlops projects delete ${environment.name} ${name} first`
  );
}
