import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import {
  deployedBy,
  namesOfAccount,
  namesOfRegistry,
  namesOfWorkload,
  roleForModels,
} from "../../stacks/topology";

/** Who applies stacks. */
export const owners = ["administrator", "jenkins"] as const;
export type Owner = (typeof owners)[number];

/** What people want to know of a stack, computed from configuration alone. */
export interface StackFacts {
  readonly id: string;
  readonly kind: StackDescription["kind"];
  /** Name of the environment whose account it is in. */
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly appliedBy: Owner;
  /** Role that its provider and state backend assume by default. */
  readonly role: string;
  /** What it holds, the most important first. */
  readonly holds: readonly string[];
}

export function stackFacts(estate: Estate, stack: StackDescription): StackFacts {
  const { id, kind, environment } = stack;
  const { name, account, region } = environment;
  const appliedBy = ownerOf(stack);
  const role = roleFor(estate, stack);
  return { id, kind, environment: name, account, region, appliedBy, role, holds: holdingsOf(estate, stack) };
}

/** Jenkins applies the model stacks of a workload that names its CI account; an administrator applies all else. */
export const ownerOf = (stack: StackDescription): Owner =>
  stack.kind === "model" && stack.environment.ci !== undefined ? "jenkins" : "administrator";

const roleFor = (estate: Estate, stack: StackDescription): string =>
  stack.kind === "model" ? roleForModels(estate, stack.environment) : estate.shared.adminRole;

function holdingsOf(estate: Estate, stack: StackDescription): string[] {
  switch (stack.kind) {
    case "state":
      return [`state bucket ${namesOfAccount(estate, stack.environment).stateBucket}`];
    case "registry":
      return [
        `artifacts bucket ${namesOfRegistry(estate, stack.environment).artifactsBucket}`,
        "model package groups",
        `key ${namesOfRegistry(estate, stack.environment).keyAlias}`,
      ];
    case "ci":
      return [
        `role ${stack.environment.jenkinsServerRole}`,
        ...deployedBy(estate, stack.environment).map(({ name }) => `deploys to ${name}`),
      ];
    case "foundation":
      return foundationHoldings(estate, stack);
    case "model":
      return modelHoldings(stack);
  }
}

function foundationHoldings(
  estate: Estate,
  { environment }: Extract<StackDescription, { kind: "foundation" }>,
): string[] {
  const names = namesOfWorkload(estate, environment);
  const roles = [names.executionRole, names.lambdaRole];
  if (environment.ci !== undefined) roles.push(names.deployRole);
  return [`data bucket ${names.dataBucket}`, `key ${names.keyAlias}`, `roles ${roles.join(", ")}`];
}

function modelHoldings({ environment, model }: Extract<StackDescription, { kind: "model" }>): string[] {
  const settings = environment.models[model.name];
  return [
    "train and inference pipelines",
    settings?.inferenceSchedule === undefined ? "" : `inference at ${settings.inferenceSchedule}`,
    settings?.retrainOnDrift ? "retraining on drift" : "",
    "failure alerts",
  ].filter((text) => text !== "");
}
