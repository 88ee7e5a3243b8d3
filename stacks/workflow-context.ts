import type { Estate, WorkloadEnvironment } from "../config/schema";
import { functionArn, roleArn, topicArn } from "../core/arns";
import { imageRepositoryName } from "../core/naming";
import { partitionOf } from "../core/partition";
import { workflowNames, workflowRoles } from "../core/workflow-names";
import { buildWorkflow, type ModelDefinition, type WorkflowInput } from "../pipelines/model";
import type { StateMachine } from "../pipelines/workflow";
import { workflowSettingsOf } from "./kinds/workflow/settings";
import { modelContext } from "./model-context";
import { accountRegionOf, namesOfWorkload } from "./topology";

/** A foundation's policies and a workflow's stack ask for the same; both estate and account decide what it is. */
const built = new WeakMap<WorkloadEnvironment, Map<ModelDefinition, StateMachine<WorkflowInput>>>();

/** A model's workflow in an account, computed from configuration alone. */
export function workflowIn(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): StateMachine<WorkflowInput> {
  const ofWorkload = built.get(workload) ?? new Map<ModelDefinition, StateMachine<WorkflowInput>>();
  const workflow = ofWorkload.get(model) ?? buildWorkflow(model, contextOf(estate, workload, model));
  built.set(workload, ofWorkload.set(model, workflow));
  return workflow;
}

function contextOf(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition) {
  const { shared } = estate;
  const names = workflowNames(shared.project, model.name);
  const { account, region } = workload;
  const where = accountRegionOf(workload);
  const { answerHours, instanceType, instances } = workflowSettingsOf(workload, model);
  const roles = workflowRoles(namesOfWorkload(estate, workload), model.name);
  const { dataBucket, kmsKeyArn, volumeKeyArn, network } = modelContext(estate, workload, model);
  const registry = `${account}.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}`;
  return {
    ...{ ...where, dataBucket, kmsKeyArn, volumeKeyArn, network },
    bucketAccounts: [account],
    name: names.stateMachine,
    imageRepository: `${registry}/${imageRepositoryName(shared.project, model.name)}`,
    jobRoleArn: roleArn(workload, roles.jobs),
    runPrefix: names.runPrefix,
    endpoint: { name: names.endpoint, instanceType, instanceCount: instances },
    evaluationFunctionArn: functionArn(where, names.functions.evaluation),
    questionFunctionArn: functionArn(where, names.functions.question),
    alertTopicArn: topicArn(where, names.alertTopic),
    answerSeconds: answerHours * 60 * 60,
  };
}
