import { listVersions } from "../../../operate/model-packages";
import { executionsOf, type EndedExecution } from "../executions";
import type { Inbox } from "../inbox";
import type { ModelVersionReport } from "../../report/types";
import { watch, type DrillContext } from "../context";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { versionFrom } from "./training";

/** The deployed rule must have started one training; its version waits for approval beside the first. */
export async function retrain(drill: DrillContext, first: ModelVersionReport): Promise<ModelVersionReport> {
  const { production, registry, stages, rules, signal } = drill;
  return stages.run(`Drift starts training in ${production.environment.name}`, async () => {
    const { train } = production.pipelines;
    const started = async () => (await executionsOf(production.clients.sagemaker, train))[0];
    const arn = await waitFor("A training started by the drift rule", started, { seconds: 60, signal });
    const caption = { title: "Training after drift", pipeline: train, startedBy: rules.retraining };
    const training = await watch(drill, production, caption, arn);
    const found = await versionFrom(drill, production, training);
    const trainings = await executionsOf(production.clients.sagemaker, train);
    assertThat(trainings.length === 1, `Drift started ${trainings.length} trainings`);
    assertThat(
      found.result.rows > first.rows,
      `Version ${found.result.version} has ${found.result.rows} rows, the first ${first.rows}`,
    );
    const versions = await listVersions(registry.sagemaker, production.context.modelPackageGroupArn);
    assertThat(
      versions[0]?.ModelPackageArn === found.result.modelPackageArn,
      "The newest version is not the one that drift made",
    );
    return found;
  });
}

/** The alert must say which pipeline, execution and step failed. */
export async function readAlert(drill: DrillContext, inbox: Inbox, failed: EndedExecution): Promise<void> {
  await drill.stages.run("The alert arrives", async () => {
    const step = failed.steps.find(({ StepStatus }) => StepStatus === "Failed");
    const needed = [drill.production.pipelines.inference, failed.arn, step?.StepName ?? ""];
    const found = async () =>
      (await inbox.alerts()).find(({ text }) => needed.every((part) => text.includes(part)));
    const alert = await waitFor(`An alert with ${needed.join(", ")}`, found, {
      seconds: 10,
      signal: drill.signal,
    });
    return { verdict: alert.text.split("\n")[0] ?? "", result: undefined };
  });
}
