import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  paginateListEndpointConfigs,
  paginateListModels,
  type DescribeEndpointOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { paginateListExecutions, type SFNClient } from "@aws-sdk/client-sfn";
import { configurationsOf, endpointsOf, modelsOf, neverCameUp, saysWhatItUses } from "./in-use";
import { unlessGone } from "./unless-gone";

export interface Scope {
  readonly stateMachineArn: string;
  /** What runs deploy to. */
  readonly endpoint: string;
  /** Of the names of what runs make. */
  readonly runPrefix: string;
}

interface Made {
  readonly name: string;
  readonly at: Date;
}

/**
 * Removes what runs have made and nothing uses, whatever way they ended: the runs' endpoint, if it failed to come up; endpoint configurations
 * of runs that no endpoint has, and models of runs that no other configuration serves, if they are older than every run under way. What
 * serves, or is about to, stays, for AWS cannot mend an endpoint whose configuration is gone.
 * @returns what was removed
 */
export async function cleanUp(
  { sagemaker, states }: { readonly sagemaker: SageMakerClient; readonly states: SFNClient },
  scope: Scope,
): Promise<string[]> {
  const oldest = await oldestRun(states, scope);
  const isOld = ({ name, at }: Made): boolean =>
    isOfRun(scope.runPrefix, name) && (oldest === undefined || at < oldest);
  const endpoints = await endpointsOf(sagemaker);
  const unclear = endpoints.find((endpoint) => !saysWhatItUses(endpoint));
  if (unclear) {
    console.info(`What ${unclear.EndpointName} uses is not known: it is ${unclear.EndpointStatus}`);
    return [];
  }
  const removed: string[] = [];
  const failed =
    oldest === undefined ? endpoints.filter((one) => isOfWorkflow(scope, one) && neverCameUp(one)) : [];
  for (const { EndpointName } of failed) {
    await unlessGone(sagemaker.send(new DeleteEndpointCommand({ EndpointName })));
    removed.push(`endpoint ${EndpointName}`);
  }
  const had = new Set(endpoints.filter((one) => !failed.includes(one)).flatMap(configurationsOf));
  const configurations = await listConfigurations(sagemaker);
  const unused = configurations.filter((one) => isOld(one) && !had.has(one.name));
  for (const { name } of unused) {
    await unlessGone(sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name })));
    removed.push(`endpoint configuration ${name}`);
  }
  const models = (await listModels(sagemaker, scope.runPrefix)).filter(isOld);
  if (models.length === 0) return removed;
  const kept = configurations.filter((one) => !unused.includes(one)).map(({ name }) => name);
  const serve = new Set(await modelsOf(sagemaker, [...new Set([...kept, ...had])]));
  for (const { name } of models.filter((one) => !serve.has(one.name))) {
    await unlessGone(sagemaker.send(new DeleteModelCommand({ ModelName: name })));
    removed.push(`model ${name}`);
  }
  return removed;
}

const isOfWorkflow = ({ endpoint, runPrefix }: Scope, one: DescribeEndpointOutput): boolean =>
  one.EndpointName === endpoint && isOfRun(runPrefix, one.EndpointConfigName ?? "");

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

/** Those of others among them: they may serve what runs have made. */
async function listConfigurations(client: SageMakerClient): Promise<Made[]> {
  const made: Made[] = [];
  for await (const { EndpointConfigs = [] } of paginateListEndpointConfigs({ client }, {}))
    made.push(...EndpointConfigs.map(({ EndpointConfigName: name, CreationTime: at }) => madeOf(name, at)));
  return made;
}

async function listModels(client: SageMakerClient, NameContains: string): Promise<Made[]> {
  const made: Made[] = [];
  for await (const { Models = [] } of paginateListModels({ client }, { NameContains }))
    made.push(...Models.map(({ ModelName: name, CreationTime: at }) => madeOf(name, at)));
  return made;
}

/** What has no time is not known to be old. */
const madeOf = (name = "", at = new Date()): Made => ({ name, at });
