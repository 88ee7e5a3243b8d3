import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import type { ModelDefinition } from "../../../pipelines/model";
import type { ByHand } from "../../kind";
import { pipelinesIn } from "../../model-pipelines";
import { accountRegionOf } from "../../topology";

/** Schedules and events start pipelines whether or not another one runs: each has its machines beside the others'. */
export const byHandOf = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): ByHand => ({
  machines: Object.values(pipelinesIn(estate, workload, model)).flatMap((pipeline) => pipeline.machines()),
  mail: [{ topicArn: topicArn(accountRegionOf(workload), model.alertTopic), emails: workload.alertEmails }],
});
