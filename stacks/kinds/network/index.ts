import type { PartialAccount } from "../../../config/partial-account";
import type { WorkloadEnvironment } from "../../../config/schema";
import { foundationStackId, networkStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { madeNetwork } from "../../network";
import { interfacesOf } from "./endpoints";

/** `<env>-network`: where a workload's jobs, functions and endpoints run, where its file asks the stacks for a network. */
export const networkKind: StackKind<WorkloadEnvironment> = {
  kind: "network",
  title: "networks",
  in: "workload",
  wave: "network",
  settings: undefined,
  rules: [],
  instances: (account) => (asksForOne(account) ? [{ id: networkStackId(account) }] : []),
  create: (app, stack, context) => {
    const { NetworkStack } = require("./network-stack") as typeof import("./network-stack");
    new NetworkStack(app, stack.id, context.propsOf(stack));
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => {
    const { subnets = {}, cidr = "" } = madeNetwork(estate, environment) ?? {};
    return [
      `private subnets in zones ${Object.keys(subnets).join(", ")} of ${cidr}`,
      `endpoints of s3, ${Object.keys(interfacesOf(estate, environment)).join(", ")}`,
      "flow logs",
    ];
  },
  links: (_, { id, environment }) => [
    { kind: "data", from: foundationStackId(environment), to: id, label: "its roles work there" },
  ],
  needs: () => [],
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};

const asksForOne = ({ network }: PartialAccount): boolean =>
  typeof network === "object" && network !== null && "create" in network;
