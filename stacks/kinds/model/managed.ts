import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, functionArn, pipelineArn, queueArn, roleArn, ruleArn, topicArn } from "../../../core/arns";
import { modelRoleName } from "../../../core/naming";
import { scriptsFolder } from "../../../core/scripts";
import { networkUse } from "../../../modules/lambda/network-use";
import { topicManagement } from "../../../modules/alerts/alert-topic";
import { alarmManagement, queueManagement } from "../../../modules/alerts/dead-letter-queue";
import { ruleManagement } from "../../../modules/events/rule-management";
import { functionManagement } from "../../../modules/lambda/node-function";
import { pipelineManagement } from "../../../modules/sagemaker/pipeline";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Managed } from "../../kind";
import { pipelinesIn } from "../../model-pipelines";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { modelStackNames } from "./names";

/** What applying a model's stack takes. */
export function managedBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Managed {
  const names = modelStackNames(model);
  const where = accountRegionOf(workload);
  const { executionRole, lambdaRole, retrainingRole, sealingRole } = namesOfWorkload(estate, workload);
  const pipelines = Object.values(pipelinesIn(estate, workload, model));
  const role = (base: string): string => roleArn(workload, modelRoleName(base, model.name));
  return {
    services: [
      pipelineManagement(pipelines.map(({ name }) => pipelineArn(where, name))),
      functionManagement(names.functions.map((name) => functionArn(where, name))),
      ruleManagement(
        where,
        names.rules.map((rule) => ruleArn(where, rule)),
      ),
      topicManagement(
        [names.alertTopic, names.alarmTopic].map((topic) => topicArn(where, topic)),
        workload.alertEmails,
      ),
      queueManagement([queueArn(where, names.deadLetterQueue)]),
      alarmManagement(names.alarms.map((alarm) => alarmArn(where, alarm))),
      ...(workload.network ? [networkUse] : []),
    ],
    dataPrefixes: [scriptsFolder(model.name)],
    passes: [
      { roleArn: role(executionRole), to: ["sagemaker.amazonaws.com", "events.amazonaws.com"] },
      ...[lambdaRole, retrainingRole, sealingRole].map((base) => ({
        roleArn: role(base),
        to: ["lambda.amazonaws.com"],
      })),
    ],
  };
}
