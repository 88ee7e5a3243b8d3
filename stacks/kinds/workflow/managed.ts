import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, functionArn, logGroupArn, queueArn, roleArn, ruleArn, topicArn } from "../../../core/arns";
import { workflowNames, workflowRoles } from "../../../core/workflow-names";
import { topicManagement } from "../../../modules/alerts/alert-topic";
import { alarmManagement, queueManagement } from "../../../modules/alerts/dead-letter-queue";
import { apiManagement } from "../../../modules/apigatewayv2/http-api";
import { tableManagement } from "../../../modules/dynamodb/table";
import { ruleManagement } from "../../../modules/events/rule-management";
import { functionManagement, rulesAndApis } from "../../../modules/lambda/node-function";
import { deliveredLogManagement } from "../../../modules/logs/log-group";
import { stateMachineManagement } from "../../../modules/states/state-machine";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Managed } from "../../kind";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { approversOf } from "./settings";

/** What applying a workflow's stack takes. */
export function managedBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Managed {
  const where = accountRegionOf(workload);
  const names = workflowNames(estate.shared.project, model.name);
  const { states, ...roles } = workflowRoles(namesOfWorkload(estate, workload), model.name);
  const emails = [...new Set([...workload.alertEmails, ...approversOf(workload, model)])];
  return {
    services: [
      functionManagement(
        Object.values<string>({ ...names.functions }).map((name) => functionArn(where, name)),
        rulesAndApis,
      ),
      ruleManagement(
        where,
        [names.failureRule, names.endRule].map((rule) => ruleArn(where, rule)),
      ),
      topicManagement(
        [names.alertTopic, names.approvalTopic].map((topic) => topicArn(where, topic)),
        emails,
      ),
      queueManagement([queueArn(where, names.deadLetterQueue)]),
      alarmManagement(
        [names.deadLetterAlarm, names.newDeadLetterAlarm].map((alarm) => alarmArn(where, alarm)),
      ),
      ...stateMachineManagement(where, [names.stateMachine]),
      ...tableManagement(where, [names.questions]),
      ...apiManagement(where),
      ...deliveredLogManagement(
        [names.logGroup, names.apiLogGroup, `/aws/sagemaker/Endpoints/${names.endpoint}`].map((group) =>
          logGroupArn(where, group),
        ),
      ),
    ],
    dataPrefixes: [],
    passes: [
      { roleArn: roleArn(workload, states), to: ["states.amazonaws.com"] },
      ...Object.keys(names.functions).map((name) => ({
        roleArn: roleArn(workload, roles[name as keyof typeof names.functions]),
        to: ["lambda.amazonaws.com"],
      })),
    ],
  };
}
