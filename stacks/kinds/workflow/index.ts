import { modelsWith } from "../../../config/partial-account";
import type { WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { foundationStackId, workflowStackId } from "../../../core/stack-ids";
import { workflowNames } from "../../../core/workflow-names";
import { managedByAdministrators, modelOf, nothingByHand, type StackKind } from "../../kind";
import { accountRegionOf } from "../../topology";
import { approversOf, workflowSettings, workflowSettingsOf } from "./settings";

/** `<env>-<model>-workflow`: a model's state machine, where its settings ask for it. */
export const workflowKind: StackKind<WorkloadEnvironment> = {
  kind: "workflow",
  title: "workflows",
  in: "workload",
  wave: "workload",
  settings: {
    at: "model",
    key: "workflow",
    schema: workflowSettings,
    isOf: ({ hasWorkflow }) => hasWorkflow,
  },
  rules: [],
  instances: (account) =>
    modelsWith(account, "workflow").map((name) => ({ id: workflowStackId(account, { name }), model: name })),
  create: (app, stack, context) => {
    const { WorkflowStack } = require("./workflow-stack") as typeof import("./workflow-stack");
    new WorkflowStack(app, stack.id, { ...context.propsOf(stack), model: modelOf(stack) });
  },
  appliedBy: () => "administrator",
  contents: (estate, stack) => {
    const { stateMachine, endpoint } = workflowNames(estate.shared.project, modelOf(stack).name);
    return [`state machine ${stateMachine}`, `approval page`, `deploys to endpoint ${endpoint}`];
  },
  links: (_, { id, environment }) => [
    { kind: "trust", from: id, to: foundationStackId(environment), label: "trains and serves as its roles" },
  ],
  needs: (estate, stack) => {
    const { neededBy } = require("./needs") as typeof import("./needs");
    return neededBy(estate, stack.environment, modelOf(stack));
  },
  byHand: (estate, stack) => {
    const { environment } = stack;
    const model = modelOf(stack);
    const { alertTopic, approvalTopic } = workflowNames(estate.shared.project, model.name);
    const { instanceType, instances } = workflowSettingsOf(environment, model);
    const mailOf = (topic: string, emails: readonly string[]) => ({
      topicArn: topicArn(accountRegionOf(environment), topic),
      emails,
    });
    return {
      ...nothingByHand,
      // While an update goes over, both fleets stand.
      machines: [{ use: "endpoint", instanceType, count: 2 * instances }],
      mail: [
        mailOf(alertTopic, environment.alertEmails),
        mailOf(approvalTopic, approversOf(environment, model)),
      ],
    };
  },
  manages: () => managedByAdministrators,
};
