import {
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  paginateListStacks,
  StackStatus,
  type CloudFormationClient,
  type StackEvent,
} from "@aws-sdk/client-cloudformation";
import { collect } from "./pages";

/** One thing that a stack made. */
export interface StackResource {
  /** As its template calls it. */
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
}

/** Why something of a stack failed. */
export interface StackFailure {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/** @returns nothing as long as there is no such stack: SageMaker names it before CloudFormation has it */
export async function resourcesOf(
  cloudformation: CloudFormationClient,
  stack: string,
): Promise<StackResource[]> {
  const pages = paginateListStackResources({ client: cloudformation }, { StackName: stack });
  const found = await noneWithout(collect(pages, ({ StackResourceSummaries }) => StackResourceSummaries));
  return found.map((resource) => ({
    logicalId: resource.LogicalResourceId ?? "",
    type: resource.ResourceType ?? "",
    physicalId: resource.PhysicalResourceId ?? "",
    status: resource.ResourceStatus ?? "",
  }));
}

/** @returns the text of the template that a stack was made of last; undefined as long as there is no such stack */
export async function templateOfStack(
  cloudformation: CloudFormationClient,
  StackName: string,
): Promise<string | undefined> {
  const [text] = await noneWithout(
    cloudformation
      .send(new GetTemplateCommand({ StackName }))
      .then(({ TemplateBody = "" }) => [TemplateBody]),
  );
  return text;
}

/** @returns values of a stack's parameters, defaults among them */
export async function parametersOfStack(
  cloudformation: CloudFormationClient,
  StackName: string,
): Promise<Record<string, string>> {
  const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries(
    (stack?.Parameters ?? []).map(({ ParameterKey = "", ParameterValue = "" }) => [
      ParameterKey,
      ParameterValue,
    ]),
  );
}

/** What came of something else that failed, in CloudFormation's words. */
const consequence =
  /^(?:Resource (?:creation|update) cancelled|The following resource\(s\) failed to|Delete requested)/;

/** What failed in a stack's latest attempt, the first first, without what only followed from it; nothing where there is none. */
export async function failuresOf(
  cloudformation: CloudFormationClient,
  stack: string,
): Promise<StackFailure[]> {
  const pages = paginateDescribeStackEvents({ client: cloudformation }, { StackName: stack });
  const newestFirst = await noneWithout(collect(pages, ({ StackEvents }) => StackEvents));
  const begun = newestFirst.findIndex(
    (event) => isOfStack(event) && beginnings.has(event.ResourceStatus ?? ""),
  );
  const attempt = begun < 0 ? newestFirst : newestFirst.slice(0, begun);
  return attempt
    .filter(({ ResourceStatus = "" }) => ResourceStatus.endsWith("_FAILED"))
    .filter(({ ResourceStatusReason: reason = "" }) => reason !== "" && !consequence.test(reason))
    .map((event) => ({
      logicalId: event.LogicalResourceId ?? "",
      type: event.ResourceType ?? "",
      reason: event.ResourceStatusReason ?? "",
    }))
    .reverse();
}

/** Names of the stacks that stand and begin so. */
export async function standingStacks(
  cloudformation: CloudFormationClient,
  prefix: string,
): Promise<string[]> {
  const StackStatusFilter = Object.values(StackStatus).filter((status) => status !== "DELETE_COMPLETE");
  const pages = paginateListStacks({ client: cloudformation }, { StackStatusFilter });
  const found = await collect(pages, ({ StackSummaries }) => StackSummaries);
  return found.flatMap(({ StackName = "" }) => (StackName.startsWith(prefix) ? [StackName] : [])).sort();
}

/** CloudFormation has one error for all that it does not take, and says in words that there is no such stack. */
const noneWithout = <Item>(found: Promise<Item[]>): Promise<Item[]> =>
  found.catch((error: unknown) => {
    if ((error as Error).message.includes("does not exist")) return [];
    throw error;
  });

const beginnings: ReadonlySet<string> = new Set([
  "CREATE_IN_PROGRESS",
  "UPDATE_IN_PROGRESS",
  "DELETE_IN_PROGRESS",
]);

const isOfStack = ({ StackId, PhysicalResourceId }: StackEvent): boolean => PhysicalResourceId === StackId;
