import { stateStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { accessRolesOf, namesOfAccount } from "../../topology";

/** `<env>-state`: where every stack of an account keeps its state. */
export const stateKind: StackKind = {
  kind: "state",
  title: "state",
  in: "every",
  wave: "state",
  settings: undefined,
  rules: [],
  instances: (account) => [{ id: stateStackId(account) }],
  create: (app, stack, context) => {
    const { StateStack } = require("./state-stack") as typeof import("./state-stack");
    new StateStack(app, stack.id, context.propsOf(stack));
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => {
    const roles = accessRolesOf(estate, environment, "auditor", "planner");
    return [
      `state bucket ${namesOfAccount(estate, environment).stateBucket}`,
      ...(roles.length > 0 ? [`roles ${roles.join(", ")}`] : []),
    ];
  },
  links: () => [],
  needs: () => [],
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};
