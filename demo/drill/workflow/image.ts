import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { containerNames } from "../../../core/container-names";
import { listConnections } from "../../../deploy/doctor/connections";
import { CodeRepository } from "../../../emulator/code-repository";
import { listRuns } from "../../../operate/workflows";
import { containerSettingsOf } from "../../../stacks/kinds/container/settings";
import { askLocalAws } from "../../../tools/local-aws/address";
import { repository } from "../../../tools/paths";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { actSeconds, type WorkflowAct } from "./context";

export interface BuiltImage {
  readonly commit: string;
  readonly digest: string;
  /** ARN of the run that it has started. */
  readonly run: string;
}

/** A person completes the connection and pushes a commit; the pipeline builds it, and the image's push starts the workflow. */
export async function buildImage(act: WorkflowAct): Promise<BuiltImage> {
  const { stages, participants, states, machineArn, signal } = act;
  const { model, environment } = participants;
  return stages.run(`A commit becomes an image of ${model.name} in ${environment.name}`, async () => {
    const latest = async () => (await listRuns(states, machineArn, 1))[0];
    const before = await latest();
    const commit = await pushCommit(act);
    const started = async () => {
      const now = await latest();
      return now?.executionArn === before?.executionArn ? undefined : now;
    };
    const run = await waitFor("A run that the image starts", started, { seconds: actSeconds, signal });
    const { executionArn } = run;
    const { input = "{}" } = await states.send(new DescribeExecutionCommand({ executionArn }));
    const { digest } = JSON.parse(input) as { readonly digest: string };
    return {
      verdict: `commit ${commit.slice(0, 8)} is ${digest.slice(0, 19)}…, which starts ${run.name}`,
      result: { commit, digest, run: executionArn },
    };
  });
}

async function pushCommit({
  estate,
  participants,
  access,
  localAws,
  python,
  folder,
}: WorkflowAct): Promise<string> {
  const { model, environment } = participants;
  const settings = containerSettingsOf(environment, model);
  const scope = {
    project: estate.shared.project,
    environment: environment.name,
    account: environment.account,
  };
  const { connection: name } = containerNames(scope, model.name);
  const connection = (await listConnections(access)).find(({ ConnectionName }) => ConnectionName === name);
  const ask = async (action: string, body: Readonly<Record<string, unknown>>): Promise<void> => {
    const { status } = await askLocalAws(localAws, action, body);
    assertThat(status === 200, `${action} was answered with ${status}`);
  };
  const code = new CodeRepository(folder);
  const repositories = { [settings.repository]: code.bare };
  await ask("CompleteConnection", { connectionArn: connection?.ConnectionArn, repositories });
  const container = join(repository, "pipelines", model.name, "container");
  const commit = code.push(committed(container, settings.folder, python));
  await ask("Pushed", { repository: settings.repository, branch: settings.branch });
  return commit;
}

/** The container's own files, but for what builds it: local AWS has no Docker. */
function committed(container: string, folder: string, python: string): Record<string, string> {
  const files = readdirSync(container, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const pushes = `"${python}" "${join(__dirname, "push_image.py")}" "$FOLDER"`;
  const buildspec = { version: 0.2, phases: { build: { commands: [pushes], "on-failure": "ABORT" } } };
  return {
    ...Object.fromEntries(
      files.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [join(folder, relative(container, path)), readFileSync(path, "utf8")];
      }),
    ),
    [join(folder, "buildspec.yml")]: JSON.stringify(buildspec),
  };
}
