import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  paginateListEndpointConfigs,
  paginateListModels,
  type DescribeEndpointOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { paginateListExecutions, type SFNClient } from "@aws-sdk/client-sfn";

export interface Scope {
  readonly stateMachineArn: string;
  readonly endpoint: string;
  /** Of the names of what runs make. */
  readonly runPrefix: string;
}

interface Made {
  readonly name: string;
  readonly at: Date;
}

/**
 * Removes what runs have made and no endpoint uses, whatever way they ended: endpoint configurations and models that are older than every run under way,
 * and an endpoint that failed to come up, which serves nothing. What serves, or is about to, stays, for AWS cannot mend an
 * endpoint whose configuration is gone.
 * @returns what was removed
 */
export async function cleanUp(
  { sagemaker, states }: { readonly sagemaker: SageMakerClient; readonly states: SFNClient },
  scope: Scope,
): Promise<string[]> {
  const oldest = await oldestRun(states, scope);
  const endpoint = await describe(sagemaker, scope.endpoint);
  if (!saysWhatItUses(endpoint)) return [];
  const removed: string[] = [];
  const failed = endpoint?.EndpointStatus === "Failed" && oldest === undefined;
  if (failed) {
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: scope.endpoint }));
    removed.push(`endpoint ${scope.endpoint}`);
  }
  const used = failed ? [] : namesUsedBy(endpoint);
  const isUnused = ({ name, at }: Made): boolean =>
    isOfRun(scope.runPrefix, name) && !used.includes(name) && (oldest === undefined || at < oldest);
  for (const { name } of (await configurations(sagemaker, scope.runPrefix)).filter(isUnused)) {
    await unlessGone(sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name })));
    removed.push(`endpoint configuration ${name}`);
  }
  for (const { name } of (await models(sagemaker, scope.runPrefix)).filter(isUnused)) {
    await unlessGone(sagemaker.send(new DeleteModelCommand({ ModelName: name })));
    removed.push(`model ${name}`);
  }
  return removed;
}

/**
 * AWS tells of a second configuration while an endpoint is created or updated; where one goes back, or could not, only it knows which
 * serves. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
 */
const saysWhatItUses = (endpoint: DescribeEndpointOutput | undefined): boolean =>
  endpoint === undefined ||
  endpoint.PendingDeploymentSummary !== undefined ||
  ["InService", "Failed"].includes(endpoint.EndpointStatus ?? "");

/** A run's configuration has the name of its model. */
const namesUsedBy = (endpoint: DescribeEndpointOutput | undefined): (string | undefined)[] => [
  endpoint?.EndpointConfigName,
  endpoint?.PendingDeploymentSummary?.EndpointConfigName,
];

/** Whatever else begins so is not a run's. */
const isOfRun = (prefix: string, name: string): boolean =>
  name.startsWith(`${prefix}-`) &&
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(name.slice(prefix.length + 1));

/** When it began; undefined where none is under way. */
async function oldestRun(client: SFNClient, { stateMachineArn }: Scope): Promise<Date | undefined> {
  const starts: Date[] = [];
  for await (const { executions = [] } of paginateListExecutions(
    { client },
    { stateMachineArn, statusFilter: "RUNNING" },
  ))
    starts.push(...executions.flatMap(({ startDate }) => startDate ?? []));
  return starts.toSorted((one, other) => one.getTime() - other.getTime())[0];
}

async function describe(client: SageMakerClient, name: string): Promise<DescribeEndpointOutput | undefined> {
  return unlessGone(client.send(new DescribeEndpointCommand({ EndpointName: name })));
}

async function configurations(client: SageMakerClient, NameContains: string): Promise<Made[]> {
  const made: Made[] = [];
  for await (const { EndpointConfigs = [] } of paginateListEndpointConfigs({ client }, { NameContains }))
    made.push(...EndpointConfigs.map(({ EndpointConfigName: name, CreationTime: at }) => madeOf(name, at)));
  return made;
}

async function models(client: SageMakerClient, NameContains: string): Promise<Made[]> {
  const made: Made[] = [];
  for await (const { Models = [] } of paginateListModels({ client }, { NameContains }))
    made.push(...Models.map(({ ModelName: name, CreationTime: at }) => madeOf(name, at)));
  return made;
}

/** What has no time is not known to be old. */
const madeOf = (name = "", at = new Date()): Made => ({ name, at });

/** SageMaker has no error of its own for what is not there. */
async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (/could not find/i.test((error as Error).message)) return undefined;
    throw error;
  }
}
