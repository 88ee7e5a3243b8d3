import { sideBySide } from "../../tools/side-by-side";
import { makeData } from "./stages/data";
import { readAlert, retrain } from "./stages/drift";
import { inferOnDriftedBatch, inferOnSchedule } from "./stages/inference";
import { compareWithBatch, releaseByCi, waitsInQueue } from "./stages/release";
import { approveVersion, trainFirst, type Trained } from "./stages/training";
import { Inbox } from "./inbox";
import { standsAlready, type Standing } from "./standing";
import { prepareDrill, type DrillContext, type DrillOptions } from "./context";

/**
 * The data drift drill, on an estate that is applied and has a runner: train, register, approve, infer on schedule, drift,
 * train again, alert, approve, infer with the new version; and all the while release the first version to what serves it.
 * @throws Error of the first stage that does not hold; the results keep what was found until then
 */
export async function runDrill(options: DrillOptions): Promise<void> {
  const drill = await prepareDrill(options);
  await makeData(drill);
  await playDrill(drill, standsAlready);
}

/** The same, once the data are where the pipelines look: training begins when the development account stands, the rest when all does. */
export async function playDrill(drill: DrillContext, standing: Standing): Promise<void> {
  const { development, production, participants, results } = drill;
  await standing.in(development.environment.name);
  const first = await trainFirst(drill);
  await standing.everywhere();
  const inbox = await Inbox.open(production.clients, production.environment, participants.model.alertTopic);
  try {
    await approveVersion(drill, first.version);
    const [released, predictions] = await sideBySide(
      releaseByCi(drill, first.version),
      driftAndRetrain(drill, inbox, first),
    );
    if (released) await compareWithBatch(drill, released, predictions);
  } finally {
    results.alerts.push(...(await inbox.alerts()));
    await inbox.close();
  }
}

/** @returns where the predictions of the first version are */
async function driftAndRetrain(drill: DrillContext, inbox: Inbox, first: Trained): Promise<string> {
  const predictions = await inferOnSchedule(drill, first.version);
  const failed = await inferOnDriftedBatch(drill, first.training);
  const second = await retrain(drill, first.version);
  await readAlert(drill, inbox, failed);
  drill.ci?.hold();
  await approveVersion(drill, second);
  await inferOnSchedule(drill, second);
  await waitsInQueue(drill, second);
  return predictions;
}
