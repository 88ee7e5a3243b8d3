import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { startExecution } from "../../../operate/executions";
import { describeVersion } from "../../../operate/model-packages";
import { ruleArn } from "../../../core/arns";
import { placeOf } from "../../../stacks/topology";
import { textAt } from "../accounts";
import { rowsOf } from "../csv";
import { driftedColumns } from "../drifted-columns";
import { executionsOf, reasonOf, type EndedExecution } from "../executions";
import { rowsBelow } from "../model-versions";
import type { ModelVersionReport } from "../../report/types";
import { watch, type Scene } from "../scene";
import { must } from "../stage";
import { waitFor } from "../wait";

/** Fires the deployed schedule rule, as EventBridge does at its time, and checks that every row got a prediction. */
export async function inferOnSchedule(scene: Scene, version: ModelVersionReport): Promise<void> {
  const { production, stages, names } = scene;
  const name = `Inference on schedule with version ${version.version}`;
  await stages.run(name, async () => {
    const arn = await fireSchedule(scene);
    const told = {
      title: name,
      pipeline: production.pipelines.inference,
      startedBy: names.inferenceSchedule,
    };
    const ended = await watch(scene, production, told, arn);
    must(ended.status === "Succeeded", `Inference ended as ${ended.status}: ${reasonOf(ended)}`);
    await mustUse(scene, ended, version);
    const rows = rowsOf(await textAt(production.clients.s3, batchUri(scene, "clean"))).length;
    const uri = `${runFolder(scene, ended)}/predictions`;
    const predictions = await rowsBelow(production.clients.s3, uri);
    must(predictions === rows, `${predictions} predictions for ${rows} rows`);
    return { verdict: `${predictions} predictions for ${rows} rows in ${uri}`, result: undefined };
  });
}

async function fireSchedule({ production, names, signal }: Scene): Promise<string> {
  const { sagemaker, eventBridge } = production.clients;
  const before = await executionsOf(sagemaker, production.pipelines.inference);
  const rule = ruleArn(placeOf(production.environment), names.inferenceSchedule);
  const event = { Source: "aws.events", DetailType: "Scheduled Event", Detail: "{}", Resources: [rule] };
  await eventBridge.send(new PutEventsCommand({ Entries: [event] }));
  const started = async () => {
    const [newest] = await executionsOf(sagemaker, production.pipelines.inference);
    return newest !== before[0] ? newest : undefined;
  };
  return waitFor("An execution started by the schedule", started, { seconds: 10, signal });
}

/** The model that the execution made holds the version's artifact. */
async function mustUse(
  { registry }: Scene,
  { steps }: EndedExecution,
  { modelPackageArn, version }: ModelVersionReport,
) {
  const { InferenceSpecification } = await describeVersion(registry.sagemaker, modelPackageArn);
  const artifact = InferenceSpecification?.Containers?.[0]?.ModelDataUrl;
  const outputs = steps.flatMap(({ Metadata }) => Metadata?.Lambda?.OutputParameters ?? []);
  const used = outputs.find(({ Name }) => Name === "model_artifact_uri")?.Value;
  must(
    used === artifact,
    `Inference used ${used ?? "no artifact"}, not version ${version}'s ${artifact ?? ""}`,
  );
}

/** Starts inference on the batch with missing values: the monitor must fail it, naming the columns. */
export async function inferOnDriftedBatch(
  scene: Scene,
  version: ModelVersionReport,
): Promise<EndedExecution> {
  const { production, stages, cast } = scene;
  return stages.run("Inference on a drifted batch fails in its monitor", async () => {
    const parameters = { [cast.model.dataSets.batchParameter]: batchUri(scene, "drifted") };
    const pipeline = production.pipelines.inference;
    const arn = await startExecution(production.clients.sagemaker, { pipeline, parameters });
    const told = { title: "Inference on the drifted batch", pipeline, startedBy: "the drill" };
    const ended = await watch(scene, production, told, arn);
    const failed = ended.steps.filter(({ StepStatus }) => StepStatus === "Failed");
    must(
      ended.status === "Failed" && failed.length === 1 && failed[0]?.Metadata?.QualityCheck !== undefined,
      `Inference ended as ${ended.status} (${failed.map(({ StepName }) => StepName).join(", ")})`,
    );
    await keepDrift(scene, ended, version);
    const { drift } = scene.findings;
    must(drift.length > 0, "The monitor named no column");
    const named = drift.map(
      ({ title, violations }) => `${title} (${violations.map(({ check }) => check).join(", ")})`,
    );
    return { verdict: `violated columns: ${named.join(", ")}`, result: ended };
  });
}

async function keepDrift(
  scene: Scene,
  ended: EndedExecution,
  { modelPackageArn }: ModelVersionReport,
): Promise<void> {
  const { development, production, registry, findings } = scene;
  const { DriftCheckBaselines } = await describeVersion(registry.sagemaker, modelPackageArn);
  const constraints = DriftCheckBaselines?.ModelDataQuality?.Constraints?.S3Uri ?? "";
  const training = constraints.split("/").at(-2) ?? "";
  const { dataBucket } = development.context;
  const baseline = `s3://${dataBucket}/${scene.cast.model.name}/train/${training}/baseline/baseline_dataset.csv`;
  findings.drift.push(
    ...driftedColumns({
      baseline: await textAt(development.clients.s3, baseline),
      batch: await textAt(production.clients.s3, batchUri(scene, "drifted")),
      violations: await textAt(
        production.clients.s3,
        `${runFolder(scene, ended)}/monitoring/constraint_violations.json`,
      ),
    }),
  );
}

function batchUri({ production, cast }: Scene, which: "clean" | "drifted"): string {
  const { batchPrefix, batch } = cast.model.dataSets;
  return `s3://${production.context.dataBucket}/${batchPrefix}${batch[which]}`;
}

const runFolder = ({ production, cast }: Scene, { arn }: EndedExecution): string =>
  `s3://${production.context.dataBucket}/${cast.model.name}/inference/${arn.split("/").at(-1) ?? ""}`;
