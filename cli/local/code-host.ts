import { existsSync } from "node:fs";
import type { WorkloadEnvironment } from "../../config/schema";
import { containerNames } from "../../core/container-names";
import { containerStackId } from "../../core/stack-ids";
import { listConnections } from "../../deploy/doctor/connections";
import { git } from "../../deploy/git/run";
import type { ModelDefinition } from "../../pipelines/model";
import { containerSettingsOf, type ContainerSettings } from "../../stacks/kinds/container/settings";
import { askLocalAws } from "../../tools/local-aws/address";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findModel, findWorkload } from "../estate/find";

/** A model's container in an account, and where its code is. */
interface Container {
  readonly workload: WorkloadEnvironment;
  readonly model: ModelDefinition;
  readonly settings: ContainerSettings & { readonly folder: string };
}

/** What a person does in a browser: lets a container's connection lead to its repository, here a folder of this machine. */
export async function connect(context: Context, environment: string, modelName: string, given: string) {
  const container = await findContainer(context, environment, modelName);
  const folder = context.path(given);
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}`);
  const { exitCode } = await git(folder, ["rev-parse", "--git-dir"]);
  if (exitCode !== 0) throw new UsageError(`${folder} is no repository that git can read`);
  const { ConnectionArn: connectionArn } = await connectionOf(context, container);
  const { repository } = container.settings;
  await ask("CompleteConnection", { connectionArn, repositories: { [repository]: folder } });
  const text = `The connection of ${modelName} in ${environment} is available: ${repository} is ${folder}`;
  return { json: { connectionArn, repository, folder }, text };
}

/** What the host of a repository tells AWS: all that came to the branch since it was told last. */
export async function tellOfPush(context: Context, environment: string, modelName: string) {
  const container = await findContainer(context, environment, modelName);
  const { repository, branch, folder } = container.settings;
  const { ConnectionStatus } = await connectionOf(context, container);
  if (ConnectionStatus !== "AVAILABLE")
    throw new Error(
      `The connection of ${modelName} in ${environment} is ${ConnectionStatus}: mlops local connect ${environment} ${modelName} FOLDER`,
    );
  const { executions } = (await ask("Pushed", { repository, branch })) as {
    readonly executions: readonly string[];
  };
  const text =
    executions.length > 0
      ? ["Started", ...executions.map((execution) => `  ${execution}`)].join("\n")
      : `Nothing started: nothing in ${folder} of ${repository}, branch ${branch}, has changed`;
  return { json: { repository, branch, executions }, text };
}

/** @throws UsageError where the account builds no image of the model, or is on AWS */
async function findContainer(context: Context, environment: string, modelName: string): Promise<Container> {
  if (!(await context.isLocal()))
    throw new UsageError(
      "On AWS a person completes a connection, and the repository's host tells of pushes: add --local",
    );
  const workload = findWorkload(context.estate, environment);
  const model = findModel(modelName);
  if (workload.models[modelName]?.container === undefined)
    throw new UsageError(
      `Environment ${environment} builds no image of ${modelName}: its file has no models.${modelName}.container`,
    );
  return { workload, model, settings: containerSettingsOf(workload, model) };
}

/** @throws Error where its stack is not applied */
async function connectionOf(context: Context, { workload, model, settings }: Container) {
  const { name: environment, account } = workload;
  const { project } = context.estate.shared;
  const { connection } = containerNames({ project, environment, account }, model.name);
  const found = (await listConnections(await context.access(workload))).find(
    ({ ConnectionArn, ConnectionName }) =>
      settings.connection === undefined
        ? ConnectionName === connection
        : ConnectionArn === settings.connection,
  );
  if (found) return found;
  const stack = containerStackId(workload, model);
  throw new Error(
    `There is no connection ${settings.connection ?? connection} in ${environment}: apply ${stack} first`,
  );
}

/** @throws Error with what local AWS says */
async function ask(action: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { AWS_ENDPOINT_URL: endpoint = "", AWS_ACCESS_KEY_ID: secret = "" } = process.env;
  const answer = await askLocalAws({ endpoint, secret }, action, body);
  const told = (await answer.json()) as { readonly message?: string };
  if (!answer.ok) throw new Error(`Local AWS: ${told.message ?? answer.status}`);
  return told;
}
