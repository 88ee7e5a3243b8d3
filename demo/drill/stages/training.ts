import { startExecution } from "../../../operate/executions";
import { setApproval } from "../../../operate/model-packages";
import { reasonOf, type EndedExecution } from "../executions";
import { versionReport } from "../model-versions";
import type { ModelVersionReport } from "../../report/types";
import { watch, type DrillContext, type Workload } from "../context";
import { assertThat } from "../stage";

/** Least test AUC on the shipped data that still counts as having learnt something. */
const leastAuc = 0.85;

/** A version, and the execution that registered it. */
export interface Trained {
  readonly version: ModelVersionReport;
  readonly training: EndedExecution;
}

/** Trains the first version in the development account. */
export async function trainFirst(drill: DrillContext): Promise<Trained> {
  const { development, stages } = drill;
  return stages.run(`Train in ${development.environment.name}, register in the central account`, async () => {
    const arn = await startExecution(development.clients.sagemaker, {
      pipeline: development.pipelines.train,
    });
    const caption = { title: `First training in ${development.environment.name}`, startedBy: "the drill" };
    const training = await watch(
      drill,
      development,
      { ...caption, pipeline: development.pipelines.train },
      arn,
    );
    const { verdict, result: version } = await versionFrom(drill, development, training);
    return { verdict, result: { version, training } };
  });
}

/** Checks a training and the version it registered, and keeps that version's report. */
export async function versionFrom(drill: DrillContext, trainer: Workload, training: EndedExecution) {
  assertThat(training.status === "Succeeded", `Training ended as ${training.status}: ${reasonOf(training)}`);
  const { clients, environment } = trainer;
  const version = await versionReport(drill.registry.sagemaker, clients, environment.name, training);
  drill.results.versions.push(version);
  const { value, low, high } = version.auc;
  const interval = `${value.toFixed(3)} (95 % interval ${low.toFixed(3)} to ${high.toFixed(3)})`;
  assertThat(value >= leastAuc, `The AUC is below ${leastAuc}: ${interval}`);
  assertThat(
    version.approvalStatus === "PendingManualApproval",
    `Version ${version.version} is ${version.approvalStatus}, not waiting for approval`,
  );
  return {
    verdict: `AUC ${interval}, version ${version.version} from ${version.rows} rows waits for approval`,
    result: version,
  };
}

/** Approves a version in the registry account. */
export async function approveVersion(
  drill: DrillContext,
  { version, modelPackageArn }: ModelVersionReport,
): Promise<void> {
  await drill.stages.run(`Approve version ${version}`, async () => {
    await setApproval(drill.registry.sagemaker, modelPackageArn, "Approved", { by: "the data drift drill" });
    const { versions } = drill.results;
    const index = versions.findIndex((each) => each.modelPackageArn === modelPackageArn);
    const known = versions[index];
    if (known) versions[index] = { ...known, approvalStatus: "Approved" };
    return { verdict: modelPackageArn, result: undefined };
  });
}
