import type { Estate, WorkloadEnvironment } from "../../config/schema";
import type { ModelDefinition } from "../../pipelines/model";
import { foundationStackId, listStacks, modelsIn, modelStackId } from "../../stacks/list";
import { ciOf, downstreamOf, namesOfWorkload, registryOf, workloadsOf } from "../../stacks/topology";
import { stackFacts, type StackFacts } from "../estate/stack-facts";

/** An account with the stacks in it. */
export interface AccountNode {
  /** Its environment's name. */
  readonly name: string;
  readonly account: string;
  readonly kind: "workload" | "registry" | "ci";
  readonly stacks: readonly StackFacts[];
}

/** `trust`: the first may assume a role of the second. `data`: something goes from the first to the second. */
export interface Edge {
  readonly kind: "trust" | "data";
  /** Stack ids. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether something comes back. */
  readonly both?: boolean;
}

export interface EstateGraph {
  readonly accounts: readonly AccountNode[];
  readonly edges: readonly Edge[];
}

/** Accounts, the stacks in them, and what they let one another do: computed from configuration, as the policies are. */
export function estateGraph(estate: Estate, models: readonly ModelDefinition[]): EstateGraph {
  const stacks = listStacks(estate, models).map((stack) => stackFacts(estate, stack));
  return {
    accounts: estate.environments.map(({ name, account, kind }) => ({
      name,
      account,
      kind,
      stacks: stacks.filter(({ environment }) => environment === name),
    })),
    edges: workloadsOf(estate).flatMap((workload) => [
      ...deployment(estate, workload),
      ...promotion(estate, workload),
      ...modelsIn(workload, models).map((model) => registration(estate, workload, model)),
      ...foundation(estate, workload, models),
    ]),
  };
}

function deployment(estate: Estate, workload: WorkloadEnvironment): Edge[] {
  const ci = ciOf(estate, workload);
  if (!ci) return [];
  const label = `assumes ${namesOfWorkload(estate, workload).deployRole}`;
  return [{ kind: "trust", from: ci.name, to: foundationStackId(workload), label }];
}

/** What a workload's key encrypted can be read wherever its models go. */
const promotion = (estate: Estate, workload: WorkloadEnvironment): Edge[] =>
  downstreamOf(estate, workload).map((reader) => ({
    kind: "data",
    from: foundationStackId(workload),
    to: foundationStackId(reader),
    label: `reads with ${namesOfWorkload(estate, workload).keyAlias}`,
  }));

const registration = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Edge => ({
  kind: "data",
  from: modelStackId(workload, model),
  to: registryOf(estate, workload).name,
  label: "registers versions, takes the approved one",
  both: true,
});

/** Within the account. */
const foundation = (
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Edge[] =>
  modelsIn(workload, models).map((model) => ({
    kind: "trust",
    from: modelStackId(workload, model),
    to: foundationStackId(workload),
    label: `runs as ${namesOfWorkload(estate, workload).executionRole}`,
  }));
