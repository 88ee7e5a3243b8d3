import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import type { ModelDefinition } from "../../../pipelines/model";
import { nothingByHand, type ByHand } from "../../kind";
import { pipelinesIn } from "../../model-pipelines";
import { accountRegionOf } from "../../topology";
import { modelStackNames } from "./names";

/** Schedules and events start pipelines whether or not another one runs: each has its machines beside the others'. */
export function byHandOf(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): ByHand {
  const { alertTopic, alarmTopic } = modelStackNames(model);
  return {
    ...nothingByHand,
    machines: Object.values(pipelinesIn(estate, workload, model)).flatMap((pipeline) => pipeline.machines()),
    mail: [alertTopic, alarmTopic].map((topic) => ({
      topicArn: topicArn(accountRegionOf(workload), topic),
      emails: workload.alertEmails,
    })),
  };
}
