import { rm } from "node:fs/promises";
import { describeVersion } from "../../../operate/model-packages";
import { Inbox } from "../inbox";
import type { Standing } from "../standing";
import { prepareAct, type GroundTruthAct, type GroundTruthOptions } from "./context";
import { makeData } from "./data";
import { inferOnDrifted, inferOnSchedule } from "./inference";
import { monitorAgrees, monitorFindsWorse } from "./monitor";
import { approve, retrain, train } from "./training";

/**
 * The sample in Python, on an estate that is applied: train, approve, infer; truth that agrees passes the monitor; that of a
 * population which has changed fails it, which alerts and starts training.
 * @throws Error of the first stage that does not hold; the results keep what was found until then
 */
export async function playGroundTruth(options: GroundTruthOptions, standing: Standing): Promise<void> {
  await standing.everywhere();
  const act = await prepareAct(options);
  const { clients, environment } = act.production;
  const topic = options.participants.model.alertTopic;
  const inbox = await Inbox.open(clients, environment, topic, `drill-${topic}`);
  try {
    await makeData(act);
    const version = await train(act);
    await keepReport(act, version);
    await approve(act, version);
    await inferOnSchedule(act);
    await monitorAgrees(act);
    await inferOnDrifted(act);
    await monitorFindsWorse(act, inbox);
    await retrain(act, version);
  } finally {
    act.results.alerts.push(...(await inbox.alerts()));
    await inbox.close();
    await rm(act.folder, { recursive: true, force: true });
  }
}

/** From here on the report tells of the act, whatever comes of it. */
async function keepReport(act: GroundTruthAct, arn: string): Promise<void> {
  const { ModelPackageVersion: version = 0 } = await describeVersion(act.registry.sagemaker, arn);
  const { environment, account } = placeOf(act);
  const { executions, periods, participants, results } = act;
  results.groundTruths.push({
    ...{ model: participants.model.name, environment, account, version },
    ...{ periods, executions },
  });
}

const placeOf = ({ production: { environment } }: GroundTruthAct) => ({
  environment: environment.name,
  account: environment.account,
});
