import { modelsWith } from "../../../config/partial-account";
import type { WorkloadEnvironment } from "../../../config/schema";
import { endpointNames } from "../../../core/naming";
import { endpointStackId, foundationStackId } from "../../../core/stack-ids";
import { modelOf, nothingByHand, type StackKind } from "../../kind";
import { endpointSettings, endpointSettingsOf } from "./settings";

/** `<env>-<model>-endpoint`: what serves a model, where its settings ask for that. */
export const endpointKind: StackKind<WorkloadEnvironment> = {
  kind: "endpoint",
  title: "endpoints",
  in: "workload",
  wave: "workload",
  settings: { at: "model", key: "endpoint", schema: endpointSettings },
  rules: [],
  instances: (account) =>
    modelsWith(account, "endpoint").map((name) => ({ id: endpointStackId(account, { name }), model: name })),
  create: (app, stack, context) => {
    const { EndpointStack } = require("./endpoint-stack") as typeof import("./endpoint-stack");
    new EndpointStack(app, stack.id, { ...context.propsOf(stack), model: modelOf(stack) });
  },
  appliedBy: ({ environment }) => (environment.ci === undefined ? "administrator" : "ci"),
  contents: (estate, stack) => {
    const model = modelOf(stack);
    const { instanceType, instances } = endpointSettingsOf(stack.environment, model);
    const { endpoint } = endpointNames(estate.shared.project, model.name);
    return [
      `endpoint ${endpoint} on ${instances.min} × ${instanceType}`,
      "its alarms",
      "its record of releases",
    ];
  },
  links: (_, { id, environment }) => [
    { kind: "trust", from: id, to: foundationStackId(environment), label: "serves as its endpoint's role" },
  ],
  needs: (estate, stack) => {
    const { neededBy } = require("./needs") as typeof import("./needs");
    return neededBy(estate, stack.environment, modelOf(stack));
  },
  byHand: () => nothingByHand,
  manages: (estate, stack) => {
    const { managedBy } = require("./managed") as typeof import("./managed");
    return managedBy(estate, stack.environment, modelOf(stack));
  },
};
