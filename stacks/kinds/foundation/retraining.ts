import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { readActions } from "../../../core/kms-actions";
import { modelNames } from "../../../core/naming";
import type { IdentityStatement } from "../../../core/policy";
import { functionNetworkStatements } from "../../../modules/ec2/statements";
import { retrainingStatements } from "../../../modules/iam/retraining-statements";
import { useByAliasStatement } from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";
import { pipelinesNeededBy, type ModelDefinition } from "../../../pipelines/model";
import { pipelinesIn } from "../../model-pipelines";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { inNetwork } from "./in-network";

/** What starting pipelines on data drift takes, whether a trigger is switched on or not; nothing where there is none. */
export function retrainingRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Readonly<Record<string, readonly IdentityStatement[]>> {
  const where = accountRegionOf(workload);
  const { functionLogGroup, keyAlias } = namesOfWorkload(estate, workload);
  const guarded = models.flatMap((model) => guardedStarts(estate, workload, model));
  if (guarded.length === 0) return {};
  return {
    "retrain-on-drift": retrainingStatements(where, guarded),
    "monitor-reports": [
      ...guarded.flatMap(({ reports }) => reports),
      useByAliasStatement("OwnKey", where, [keyAlias], [...readActions, "kms:GenerateDataKey*"]),
    ],
    "function-logs": [writeLogsStatement("Logs", where, functionLogGroup)],
    ...inNetwork(estate, workload, functionNetworkStatements),
  };
}

/** Of a model's triggers that wait for a step to fail, those whose pipelines run here. */
function guardedStarts(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition) {
  const pipelines = pipelinesIn(estate, workload, model);
  const { deadLetterQueue } = modelNames(model.name);
  return Object.values(model.triggers).flatMap((trigger) => {
    const [started, watched] = pipelinesNeededBy(trigger).map((name) => pipelines[name]);
    if (trigger.on !== "step failure" || !started || !watched) return [];
    const reports = watched.reportPermissions();
    return { watched: watched.name, started: started.name, deadLetterQueue, reports };
  });
}
