import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { startExecution } from "../../../operate/executions";
import { describeVersion } from "../../../operate/model-packages";
import { ruleArn } from "../../../core/arns";
import { placeOf } from "../../../stacks/topology";
import { textAt, textsBelow } from "../accounts";
import { rowsOf } from "../csv";
import { driftedColumns } from "../drifted-columns";
import { executionsOf, reasonOf, type EndedExecution } from "../executions";
import { qualityCheckOf, transformOf } from "../jobs";
import { rowsBelow } from "../model-versions";
import type { ModelVersionReport } from "../../report/types";
import { watch, type Scene } from "../scene";
import { must } from "../stage";
import { waitFor } from "../wait";

/** Fires the deployed schedule rule, as EventBridge does at its time, and checks that every row got a prediction. */
export async function inferOnSchedule(scene: Scene, version: ModelVersionReport): Promise<void> {
  const { production, stages, rules } = scene;
  const name = `Inference on schedule with version ${version.version}`;
  await stages.run(name, async () => {
    const arn = await fireSchedule(scene);
    const told = { title: name, pipeline: production.pipelines.inference, startedBy: rules.scheduled };
    const ended = await watch(scene, production, told, arn);
    must(ended.status === "Succeeded", `Inference ended as ${ended.status}: ${reasonOf(ended)}`);
    const { artifact, predictions: uri } = await transformOf(production.clients.sagemaker, ended);
    await mustBeOf(scene, version, artifact);
    const rows = rowsOf(await textAt(production.clients.s3, batchUri(scene, "clean"))).length;
    const predictions = await rowsBelow(production.clients.s3, uri);
    must(predictions === rows, `${predictions} predictions for ${rows} rows`);
    return { verdict: `${predictions} predictions for ${rows} rows in ${uri}`, result: undefined };
  });
}

async function fireSchedule({ production, rules, signal }: Scene): Promise<string> {
  const { sagemaker, eventBridge } = production.clients;
  const before = await executionsOf(sagemaker, production.pipelines.inference);
  const rule = ruleArn(placeOf(production.environment), rules.scheduled);
  const event = { Source: "aws.events", DetailType: "Scheduled Event", Detail: "{}", Resources: [rule] };
  await eventBridge.send(new PutEventsCommand({ Entries: [event] }));
  const started = async () => {
    const [newest] = await executionsOf(sagemaker, production.pipelines.inference);
    return newest !== before[0] ? newest : undefined;
  };
  return waitFor("An execution started by the schedule", started, { seconds: 10, signal });
}

/** The artifact that was used is the version's. */
async function mustBeOf(
  { registry }: Scene,
  { modelPackageArn, version }: ModelVersionReport,
  used: string | undefined,
): Promise<void> {
  const { InferenceSpecification } = await describeVersion(registry.sagemaker, modelPackageArn);
  const artifact = InferenceSpecification?.Containers?.[0]?.ModelDataUrl;
  must(
    used === artifact,
    `Inference used ${used ?? "no artifact"}, not version ${version}'s ${artifact ?? ""}`,
  );
}

/**
 * Starts inference on the batch that has drifted: the monitor must fail it, naming the columns.
 * @param training the execution whose baseline the batch is compared with
 */
export async function inferOnDriftedBatch(scene: Scene, training: EndedExecution): Promise<EndedExecution> {
  const { production, stages, cast } = scene;
  return stages.run("Inference on a drifted batch fails in its monitor", async () => {
    const parameters = { [cast.model.demo.batchParameter]: batchUri(scene, "drifted") };
    const pipeline = production.pipelines.inference;
    const arn = await startExecution(production.clients.sagemaker, { pipeline, parameters });
    const told = { title: "Inference on the drifted batch", pipeline, startedBy: "the drill" };
    const ended = await watch(scene, production, told, arn);
    const failed = ended.steps.filter(({ StepStatus }) => StepStatus === "Failed");
    must(
      ended.status === "Failed" && failed.length === 1 && failed[0]?.Metadata?.QualityCheck !== undefined,
      `Inference ended as ${ended.status} (${failed.map(({ StepName }) => StepName).join(", ")})`,
    );
    await keepDrift(scene, training, ended);
    const { drift } = scene.findings;
    must(drift.length > 0, "The monitor named no column");
    const named = drift.map(
      ({ title, violations }) => `${title} (${violations.map(({ check }) => check).join(", ")})`,
    );
    return { verdict: `violated columns: ${named.join(", ")}`, result: ended };
  });
}

async function keepDrift(scene: Scene, training: EndedExecution, ended: EndedExecution): Promise<void> {
  const { development, production, findings } = scene;
  const before = await qualityCheckOf(development.clients.sagemaker, training);
  const now = await qualityCheckOf(production.clients.sagemaker, ended);
  const violations = `${now.findings}/constraint_violations.json`;
  findings.drift.push(
    ...driftedColumns({
      baseline: (await textsBelow(development.clients.s3, before.dataset)).join("\n"),
      batch: await textAt(production.clients.s3, now.dataset),
      violations: await textAt(production.clients.s3, violations),
    }),
  );
}

function batchUri({ production, cast }: Scene, which: "clean" | "drifted"): string {
  const { batchPrefix, batch } = cast.model.demo.dataSets;
  return `s3://${production.context.dataBucket}/${batchPrefix}${batch[which]}`;
}
