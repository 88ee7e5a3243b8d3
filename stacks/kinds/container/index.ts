import { modelsWith } from "../../../config/partial-account";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { containerNames } from "../../../core/container-names";
import { imageRepositoryName } from "../../../core/naming";
import { containerStackId, workflowStackId } from "../../../core/stack-ids";
import type { ModelDefinition } from "../../../pipelines/model";
import { managedByAdministrators, modelOf, nothingByHand, type StackKind } from "../../kind";
import { accountRegionOf } from "../../topology";
import { whatIsStartedIsThere } from "./rules";
import { containerSettings, containerSettingsOf } from "./settings";

const namesOf = (
  { shared: { project } }: Estate,
  { name, account }: WorkloadEnvironment,
  model: ModelDefinition,
) => containerNames({ project, environment: name, account }, model.name);

/**
 * `<env>-<model>-container`: what builds a model's own image, where its settings ask for that. It has roles and a key, so that an
 * administrator applies it (ADR 60).
 */
export const containerKind: StackKind<WorkloadEnvironment> = {
  kind: "container",
  title: "containers",
  in: "workload",
  wave: "workload",
  settings: { at: "model", key: "container", schema: containerSettings },
  rules: [whatIsStartedIsThere],
  instances: (account) =>
    modelsWith(account, "container").map((name) => ({
      id: containerStackId(account, { name }),
      model: name,
    })),
  create: (app, stack, context) => {
    const { ContainerStack } = require("./container-stack") as typeof import("./container-stack");
    new ContainerStack(app, stack.id, { ...context.propsOf(stack), model: modelOf(stack) });
  },
  appliedBy: () => "administrator",
  contents: (estate, stack) => {
    const model = modelOf(stack);
    const { repository, branch, folder, startsWorkflow } = containerSettingsOf(stack.environment, model);
    return [
      `images ${imageRepositoryName(estate.shared.project, model.name)}`,
      `built of ${folder} in ${repository}, branch ${branch}`,
      "alerts of builds that fail",
      ...(startsWorkflow === undefined
        ? []
        : [`starts the workflow with each image that is ${startsWorkflow}`]),
    ];
  },
  links: (_, stack) => {
    const { id, environment } = stack;
    const model = modelOf(stack);
    const to = workflowStackId(environment, model);
    return containerSettingsOf(environment, model).startsWorkflow === undefined
      ? []
      : [{ kind: "data", from: id, to, label: "digests of images" }];
  },
  needs: () => [],
  byHand: (estate, stack) => {
    const model = modelOf(stack);
    const names = namesOf(estate, stack.environment, model);
    const { connection } = containerSettingsOf(stack.environment, model);
    return {
      ...nothingByHand,
      mail: [
        {
          topicArn: topicArn(accountRegionOf(stack.environment), names.topic),
          emails: stack.environment.alertEmails,
        },
      ],
      connections: [connection === undefined ? { name: names.connection } : { arn: connection }],
    };
  },
  manages: () => managedByAdministrators,
};
