import { executionIdOf } from "../../../core/execution-id";
import { startExecution } from "../../../operate/executions";
import { rowsOf } from "../csv";
import { textAt } from "../accounts";
import { reasonOf } from "../executions";
import { fireSchedule } from "../schedules";
import { assertThat } from "../stage";
import { watchAct, type GroundTruthAct } from "./context";
import { sample } from "./sample";

type Batch = keyof typeof sample.truth;

/** Fires the deployed schedule rule: each person of the batch gets a prediction. */
export const inferOnSchedule = (act: GroundTruthAct): Promise<void> =>
  infer(act, "clean", act.rules.inference, () =>
    fireSchedule(
      act.production,
      { rule: act.rules.inference, pipeline: act.production.pipelines.inference },
      act.signal,
    ),
  );

/** Scores people of whom the model knows few. Nothing in their features is wrong, so that nothing is to fail. */
export const inferOnDrifted = (act: GroundTruthAct): Promise<void> =>
  infer(act, "drifted", "the drill", () => {
    const parameters = { [sample.batchParameter]: batchUri(act, "drifted") };
    const pipeline = act.production.pipelines.inference;
    return startExecution(act.production.clients.sagemaker, { pipeline, parameters });
  });

async function infer(
  act: GroundTruthAct,
  batch: Batch,
  startedBy: string,
  start: () => Promise<string>,
): Promise<void> {
  const { production, stages, participants } = act;
  const name = {
    clean: "Predict for people like those before",
    drifted: "Predict for people who have changed",
  };
  await stages.run(`${participants.model.name}: ${name[batch]}`, async () => {
    const arn = await start();
    const pipeline = production.pipelines.inference;
    const ended = await watchAct(act, production, { title: name[batch], pipeline, startedBy }, arn);
    assertThat(ended.status === "Succeeded", `Inference ended as ${ended.status}: ${reasonOf(ended)}`);
    const { s3 } = production.clients;
    const scored = `${modelUri(act)}/inference/${executionIdOf(arn)}/predictions/scored/scored.csv`;
    const [people, predicted] = await Promise.all(
      [batchUri(act, batch), scored].map(async (uri) => rowsOf(await textAt(s3, uri)).length - 1),
    );
    assertThat(people === predicted, `${predicted ?? 0} predictions for ${people ?? 0} people`);
    return { verdict: `${predicted ?? 0} predictions, by who they are of, in ${scored}`, result: undefined };
  });
}

const modelUri = ({ production, participants }: GroundTruthAct): string =>
  `s3://${production.context.dataBucket}/${participants.model.name}`;

function batchUri({ production, participants: { dataSets } }: GroundTruthAct, batch: Batch): string {
  return `s3://${production.context.dataBucket}/${dataSets.batchPrefix}${dataSets.batch[batch]}`;
}
