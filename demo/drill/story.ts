import { makeData } from "./acts/data";
import { readAlert, retrain } from "./acts/drift";
import { inferOnDriftedBatch, inferOnSchedule } from "./acts/inference";
import { approveVersion, trainFirst } from "./acts/training";
import { Inbox } from "./inbox";
import { setScene, type DrillOptions } from "./scene";

/**
 * The drift drill, on an estate that is applied and has a runner: train, register, approve, infer on schedule, drift,
 * train again, alert, approve, infer with the new version.
 * @throws Error of the first stage that does not hold; the findings keep what was found until then
 */
export async function playDrill(options: DrillOptions): Promise<void> {
  const scene = await setScene(options);
  const { production, cast } = scene;
  const inbox = await Inbox.open(production.clients, production.environment, cast.model.alertTopic);
  try {
    await makeData(scene);
    const first = await trainFirst(scene);
    await approveVersion(scene, first.version);
    await inferOnSchedule(scene, first.version);
    const failed = await inferOnDriftedBatch(scene, first.training);
    const second = await retrain(scene, first.version);
    await readAlert(scene, inbox, failed);
    await approveVersion(scene, second);
    await inferOnSchedule(scene, second);
  } finally {
    options.findings.alerts.push(...(await inbox.alerts()));
    await inbox.close();
  }
}
