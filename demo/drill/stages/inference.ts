import { startExecution } from "../../../operate/executions";
import { describeVersion } from "../../../operate/model-packages";
import { textAt, textsBelow } from "../accounts";
import { rowsOf } from "../csv";
import { driftedColumns } from "../drifted-columns";
import { reasonOf, type EndedExecution } from "../executions";
import { qualityCheckOf, transformOf } from "../jobs";
import { rowsBelow } from "../model-versions";
import type { ModelVersionReport } from "../../report/types";
import { watch, type DrillContext } from "../context";
import { fireSchedule } from "../schedules";
import { assertThat } from "../stage";

/**
 * Fires the deployed schedule rule, as EventBridge does at its time, and checks that every row got a prediction.
 * @returns URI of the predictions
 */
export async function inferOnSchedule(drill: DrillContext, version: ModelVersionReport): Promise<string> {
  const { production, stages, rules, signal } = drill;
  const name = `Inference on schedule with version ${version.version}`;
  return stages.run(name, async () => {
    const pipeline = production.pipelines.inference;
    const arn = await fireSchedule(production, { rule: rules.scheduled, pipeline }, signal);
    const caption = { title: name, pipeline, startedBy: rules.scheduled };
    const ended = await watch(drill, production, caption, arn);
    assertThat(ended.status === "Succeeded", `Inference ended as ${ended.status}: ${reasonOf(ended)}`);
    const { artifact, predictions: uri } = await transformOf(production.clients.sagemaker, ended);
    await mustBeOf(drill, version, artifact);
    const rows = rowsOf(await textAt(production.clients.s3, batchUri(drill, "clean"))).length;
    const predictions = await rowsBelow(production.clients.s3, uri);
    assertThat(predictions === rows, `${predictions} predictions for ${rows} rows`);
    return { verdict: `${predictions} predictions for ${rows} rows in ${uri}`, result: uri };
  });
}

/** The artifact that was used is the version's. */
async function mustBeOf(
  { registry }: DrillContext,
  { modelPackageArn, version }: ModelVersionReport,
  used: string | undefined,
): Promise<void> {
  const { InferenceSpecification } = await describeVersion(registry.sagemaker, modelPackageArn);
  const artifact = InferenceSpecification?.Containers?.[0]?.ModelDataUrl;
  assertThat(
    used === artifact,
    `Inference used ${used ?? "no artifact"}, not version ${version}'s ${artifact ?? ""}`,
  );
}

/**
 * Starts inference on the batch that has drifted: the monitor must fail it, naming the columns.
 * @param training the execution whose baseline the batch is compared with
 */
export async function inferOnDriftedBatch(
  drill: DrillContext,
  training: EndedExecution,
): Promise<EndedExecution> {
  const { production, stages, participants } = drill;
  return stages.run("Inference on a drifted batch fails in its monitor", async () => {
    const parameters = { [participants.model.demo.batchParameter]: batchUri(drill, "drifted") };
    const pipeline = production.pipelines.inference;
    const arn = await startExecution(production.clients.sagemaker, { pipeline, parameters });
    const caption = { title: "Inference on the drifted batch", pipeline, startedBy: "the drill" };
    const ended = await watch(drill, production, caption, arn);
    const failed = ended.steps.filter(({ StepStatus }) => StepStatus === "Failed");
    assertThat(
      ended.status === "Failed" && failed.length === 1 && failed[0]?.Metadata?.QualityCheck !== undefined,
      `Inference ended as ${ended.status} (${failed.map(({ StepName }) => StepName).join(", ")})`,
    );
    await keepDrift(drill, training, ended);
    const { drift } = drill.results;
    assertThat(drift.length > 0, "The monitor named no column");
    const named = drift.map(
      ({ title, violations }) => `${title} (${violations.map(({ check }) => check).join(", ")})`,
    );
    return { verdict: `violated columns: ${named.join(", ")}`, result: ended };
  });
}

async function keepDrift(
  drill: DrillContext,
  training: EndedExecution,
  ended: EndedExecution,
): Promise<void> {
  const { development, production, results } = drill;
  const before = await qualityCheckOf(development.clients.sagemaker, training);
  const now = await qualityCheckOf(production.clients.sagemaker, ended);
  const violations = `${now.results}/constraint_violations.json`;
  results.drift.push(
    ...driftedColumns({
      baseline: (await textsBelow(development.clients.s3, before.dataset)).join("\n"),
      batch: await textAt(production.clients.s3, now.dataset),
      violations: await textAt(production.clients.s3, violations),
    }),
  );
}

export function batchUri({ production, participants }: DrillContext, which: "clean" | "drifted"): string {
  const { batchPrefix, batch } = participants.model.demo.dataSets;
  return `s3://${production.context.dataBucket}/${batchPrefix}${batch[which]}`;
}
