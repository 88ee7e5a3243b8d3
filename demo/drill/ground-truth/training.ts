import { startExecution } from "../../../operate/executions";
import { setApproval } from "../../../operate/model-packages";
import { executionsOf, reasonOf, type EndedExecution } from "../executions";
import { registeredBy } from "../model-versions";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { actSeconds, watchAct, type GroundTruthAct } from "./context";

/** Trains the first version in the development account. @returns its ARN */
export async function train(act: GroundTruthAct): Promise<string> {
  const { development, stages, participants } = act;
  const place = development.environment.name;
  return stages.run(
    `Tune ${participants.model.name} in ${place}, register in the central account`,
    async () => {
      const pipeline = development.pipelines.train;
      const arn = await startExecution(development.clients.sagemaker, { pipeline });
      const caption = { title: `First training in ${place}`, pipeline, startedBy: "the drill" };
      return registered(await watchAct(act, development, caption, arn));
    },
  );
}

function registered(training: EndedExecution) {
  assertThat(training.status === "Succeeded", `Training ended as ${training.status}: ${reasonOf(training)}`);
  const result = registeredBy(training);
  return { verdict: `${result} waits for approval`, result };
}

export async function approve(act: GroundTruthAct, version: string): Promise<void> {
  const { stages, registry, participants } = act;
  await stages.run(`Approve the version of ${participants.model.name}`, async () => {
    await setApproval(registry.sagemaker, version, "Approved", { by: "the ground truth drill" });
    return { verdict: version, result: undefined };
  });
}

/** The deployed rule must have started one training, which registers a version of its own. */
export async function retrain(act: GroundTruthAct, first: string): Promise<void> {
  const { production, stages, rules, signal } = act;
  const place = production.environment.name;
  await stages.run(`Worse predictions start training in ${place}`, async () => {
    const pipeline = production.pipelines.train;
    const { sagemaker } = production.clients;
    const started = async () => (await executionsOf(sagemaker, pipeline)).at(-1);
    const wait = { seconds: actSeconds, signal };
    const arn = await waitFor("A training started by the monitor's failure", started, wait);
    const caption = { title: "Training after worse predictions", pipeline, startedBy: rules.training };
    const found = registered(await watchAct(act, production, caption, arn));
    const trainings = await executionsOf(sagemaker, pipeline);
    assertThat(trainings.length === 1, `Worse predictions started ${trainings.length} trainings`);
    assertThat(found.result !== first, "Training registered no version of its own");
    return found;
  });
}
