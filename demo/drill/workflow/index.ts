import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { sideBySide } from "../../../tools/side-by-side";
import { repository } from "../../../tools/paths";
import type { WorkflowRunReport } from "../../report/workflow-types";
import { askApi } from "./api";
import { Browser } from "./browser";
import { prepareAct, type WorkflowAct, type WorkflowActOptions } from "./context";
import { buildImage, type BuiltImage } from "./image";
import { decide, ended, startAnother } from "./runs";
import { stateGraph } from "./state-graph";

/**
 * From a commit to an API that answers, with a person between: the commit's image starts the workflow, which trains in it and asks; the
 * link's page lets the model serve; a second run is rejected, and a third not answered in time.
 * @throws Error of the first stage that does not hold; the results keep what was found until then
 */
export async function playWorkflow(options: WorkflowActOptions): Promise<void> {
  const act = await prepareAct(options);
  const { approvals, alerts } = act.inboxes;
  try {
    await uploadData(act);
    const image = await buildImage(act);
    const runs = await decideRuns(act, image);
    await keepReport(act, image, runs);
  } finally {
    act.results.alerts.push(...(await alerts.alerts()));
    await Promise.all([approvals.close(), alerts.close()]);
    await rm(act.folder, { recursive: true, force: true });
  }
}

/** All three at once: they share an image, and the machine. */
function decideRuns(act: WorkflowAct, image: BuiltImage) {
  return sideBySide(approved(act, image), rejected(act, image), unanswered(act, image));
}

async function approved(act: WorkflowAct, { run }: BuiltImage): Promise<WorkflowRunReport> {
  const name = "What a person approves on the page behind the link serves";
  return act.stages.run(name, async () => {
    const mail = await decide(act, new Browser(act.localAws), run, "approved");
    const result = await ended(act, run, "Approved", undefined);
    const [, figures = ""] = /decision: (.*)\./.exec(mail) ?? [];
    return { verdict: `${figures}; opening the link decided nothing, the button did`, result };
  });
}

async function rejected(act: WorkflowAct, { digest }: BuiltImage): Promise<WorkflowRunReport> {
  return act.stages.run("A run that a person rejects ends by that name, and is told", async () => {
    const run = await startAnother(act, digest);
    await decide(act, new Browser(act.localAws), run, "rejected");
    const result = await ended(act, run, "Rejected", "Workflow.Rejected");
    return { verdict: firstLine(result.told), result };
  });
}

async function unanswered(act: WorkflowAct, { digest }: BuiltImage): Promise<WorkflowRunReport> {
  return act.stages.run("A run that nobody answers in time ends by that name, and is told", async () => {
    const run = await startAnother(act, digest, { late: true });
    const result = await ended(act, run, "Not answered in time", "Workflow.NotAnswered");
    return { verdict: firstLine(result.told), result };
  });
}

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

async function keepReport(
  act: WorkflowAct,
  { commit, digest }: BuiltImage,
  runs: readonly WorkflowRunReport[],
): Promise<void> {
  const { participants, states, machineArn, results } = act;
  const { model, environment } = participants;
  const [first] = runs;
  const { definition = "{}" } = await states.send(
    new DescribeStateMachineCommand({ stateMachineArn: machineArn }),
  );
  const report = {
    ...{ model: model.name, environment: environment.name, account: environment.account },
    ...{ stateMachine: machineArn.split(":").at(-1) ?? "", commit, digest, runs },
    graph: stateGraph(definition),
  };
  results.workflows.push(report);
  const [, run = ""] = / serves \S+-run-([\da-f-]{36}),/.exec(first?.told ?? "") ?? [];
  const predictions = `s3://${act.dataBucket}/${model.name}/inference/${run}/predictions/${model.name}.csv.out`;
  const served = await askApi(act, predictions);
  results.workflows[results.workflows.indexOf(report)] = { ...report, served };
}

/** The rows that the model's own script makes, where the workflow looks for them. */
async function uploadData({
  participants: { model },
  clients,
  dataBucket,
  python,
  stages,
}: WorkflowAct): Promise<void> {
  await stages.run(`Make the data of ${model.name}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "mlops-data-"));
    try {
      const script = join(repository, "pipelines", model.name, "scripts/prepare_data.py");
      await promisify(execFile)(python, [script, folder]);
      const parts = ["train", "held-out", "held-out-labels"].map((part) => `${part}/${model.name}.csv`);
      for (const part of parts) {
        const Key = `${model.name}/data/${part}`;
        const Body = await readFile(join(folder, part));
        await clients.s3.send(new PutObjectCommand({ Bucket: dataBucket, Key, Body }));
      }
      return { verdict: parts.join(", "), result: undefined };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
