import type { Environment, Estate, WorkloadEnvironment } from "../config/schema";
import type { ModelDefinition } from "../pipelines/model";
import type { AccountStackProps } from "./account-stack";
import type { Managed, Need, StackDescription } from "./kind";
import { kindOf, listStacks } from "./list";
import { namesOfWorkload } from "./topology";

export interface EstateProps {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Role to assume in every account instead of the one that applies each stack. @default that one */
  readonly assumeRole?: string | undefined;
}

/** A stack that a workload's CI server applies, with what that takes. */
export interface CiStackNeeds extends Managed {
  readonly id: string;
  /** What must be seen to stand before it is applied. */
  readonly needs: readonly Need[];
}

/** What stacks are made from: the configuration, the models, and what other stacks need of them. */
export interface StackContext {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Props of the stack itself, for its account. */
  propsOf<In extends Environment>(stack: StackDescription<In>): AccountStackProps<In>;
  /** What the CI server applies in an account. */
  appliedByCi(workload: WorkloadEnvironment): readonly CiStackNeeds[];
}

export function stackContext({ estate, models, assumeRole }: EstateProps): StackContext {
  const byCi = listStacks(estate, models).filter((stack) => kindOf(stack).appliedBy(stack) === "ci");
  return {
    estate,
    models,
    propsOf: (stack) => ({
      estate,
      environment: stack.environment,
      role: assumeRole ?? applyRole(estate, stack),
    }),
    appliedByCi: (workload) =>
      byCi
        .filter(({ environment }) => environment === workload)
        .map((stack) => {
          const kind = kindOf(stack);
          return { id: stack.id, needs: kind.needs(estate, stack), ...kind.manages(estate, stack) };
        }),
  };
}

/** Name of the role that applies a stack: the deploy role where the CI server does, else the administrator's. */
export function applyRole(estate: Estate, stack: StackDescription): string {
  const { environment } = stack;
  return kindOf(stack).appliedBy(stack) === "ci" && environment.kind === "workload"
    ? namesOfWorkload(estate, environment).deployRole
    : estate.shared.adminRole;
}
