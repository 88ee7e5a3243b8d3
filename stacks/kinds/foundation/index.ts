import type { WorkloadEnvironment } from "../../../config/schema";
import { modelRoles } from "../../../core/naming";
import { foundationStackId, networkStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { accessRolesOf, downstreamOf, modelsIn, namesOfWorkload } from "../../topology";

/** `<env>-foundation`: what holds data and what grants access in a workload account. */
export const foundationKind: StackKind<WorkloadEnvironment> = {
  kind: "foundation",
  title: "foundations",
  in: "workload",
  wave: "base",
  settings: undefined,
  rules: [],
  instances: (account) => [{ id: foundationStackId(account) }],
  create: (app, stack, context) => {
    const { FoundationStack } = require("./foundation-stack") as typeof import("./foundation-stack");
    new FoundationStack(app, stack.id, {
      ...context.propsOf(stack),
      models: modelsIn(stack.environment, context.models),
      appliedByCi: context.appliedByCi(stack.environment),
    });
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => {
    const { dataBucket, keyAlias, executionRole, lambdaRole, deployRole } = namesOfWorkload(
      estate,
      environment,
    );
    const roles = [
      ...[executionRole, lambdaRole].map(modelRoles),
      ...(environment.ci === undefined ? [] : [deployRole]),
      ...accessRolesOf(estate, environment, "scientist"),
    ];
    return [`data bucket ${dataBucket}`, `key ${keyAlias}`, `roles ${roles.join(", ")}`];
  },
  // What a workload's key encrypted can be read wherever its models go.
  links: (estate, { id, environment }) =>
    downstreamOf(estate, environment).map((reader) => ({
      kind: "data",
      from: id,
      to: foundationStackId(reader),
      label: `reads with ${namesOfWorkload(estate, environment).keyAlias}`,
    })),
  needs: (_, { environment }) =>
    environment.network?.create === undefined
      ? []
      : [{ by: { id: networkStackId(environment), kind: "network", environment }, applied: true }],
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};
