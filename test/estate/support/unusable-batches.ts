import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { clientsOf, type AccountClients } from "../../../demo/drill/accounts";
import { executionsOf } from "../../../demo/drill/executions";
import { Inbox } from "../../../demo/drill/inbox";
import { startExecution, waitForExecution } from "../../../operate/executions";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { workloadsOf } from "../../../stacks/topology";
import type { AppliedEstate } from "../../support/applied-estate";
import { until } from "../../support/until";
import { functionLog } from "./monitor";

/** What lies where prod's inference is told that its batch is. */
const unusableBatches = {
  missing: undefined,
  empty: "",
  mistyped: "five,fifty,round,spiculated,low\nfour,forty,oval,obscured,low\n",
};

/** Runs prod's inference on batches that say nothing of drift, side by side. */
export async function inferOnUnusableBatches(applied: AppliedEstate) {
  const prod = workloadsOf(applied.estate).find(({ name }) => name === "prod");
  if (!prod) throw new Error("the tests' estate has a prod environment");
  const clients = await clientsOf(applied.estate, prod);
  const inbox = await Inbox.open(clients, prod, mammoSeverity.alertTopic);
  const failures = await Promise.all(
    Object.entries(unusableBatches).map(([name, content]) => inferOn(clients, name, content)),
  );
  const logs = new CloudWatchLogsClient(await applied.access("prod"));
  const decisions = await until("each failure is looked into", async () => {
    const lines = await functionLog(logs);
    const found = failures.map(({ arn }) => lines.find((line) => line.includes(arn)));
    return found.every((line) => line !== undefined) ? found : undefined;
  });
  const alerts = (await inbox.alerts()).map(({ text }) => text);
  await inbox.close();
  const trainings = await executionsOf(clients.sagemaker, "mammo-severity-train-pipeline");
  return { failures, decisions, alerts, trainings };
}

/** @returns the execution and the step that failed */
async function inferOn({ s3, sagemaker }: AccountClients, name: string, Body: string | undefined) {
  const Bucket = "mlops-prod-sagemaker-data-222222222222";
  const Key = `mammo-severity/data/batch-dataset/${name}.csv`;
  if (Body !== undefined) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body) }));
  const parameters = { transform_input: `s3://${Bucket}/${Key}` };
  const arn = await startExecution(sagemaker, { pipeline: "mammo-severity-inference-pipeline", parameters });
  const { steps } = await waitForExecution(sagemaker, arn, { pollMilliseconds: 200 });
  return { arn, failed: steps.filter(({ StepStatus }) => StepStatus === "Failed") };
}
