import { makeData } from "./stages/data";
import { readAlert, retrain } from "./stages/drift";
import { inferOnDriftedBatch, inferOnSchedule } from "./stages/inference";
import { approveVersion, trainFirst } from "./stages/training";
import { Inbox } from "./inbox";
import { prepareDrill, type DrillContext, type DrillOptions } from "./context";

/**
 * The data drift drill, on an estate that is applied and has a runner: train, register, approve, infer on schedule, drift,
 * train again, alert, approve, infer with the new version.
 * @throws Error of the first stage that does not hold; the results keep what was found until then
 */
export async function runDrill(options: DrillOptions): Promise<void> {
  const drill = await prepareDrill(options);
  await makeData(drill);
  await playDrill(drill);
}

/** The same, once the data are where the pipelines look. */
export async function playDrill(drill: DrillContext): Promise<void> {
  const { production, participants, results } = drill;
  const inbox = await Inbox.open(production.clients, production.environment, participants.model.alertTopic);
  try {
    const first = await trainFirst(drill);
    await approveVersion(drill, first.version);
    await inferOnSchedule(drill, first.version);
    const failed = await inferOnDriftedBatch(drill, first.training);
    const second = await retrain(drill, first.version);
    await readAlert(drill, inbox, failed);
    await approveVersion(drill, second);
    await inferOnSchedule(drill, second);
  } finally {
    results.alerts.push(...(await inbox.alerts()));
    await inbox.close();
  }
}
