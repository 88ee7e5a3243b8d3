import { instancesIn } from "../config/known";
import type { Environment, Estate } from "../config/schema";
import type { ModelDefinition } from "../pipelines/model";
import type { StackDescription, StackKind } from "./kind";
import { stackKinds } from "./kinds";
import { removedKind } from "./removed";

export type { StackDescription } from "./kind";

/** Every stack of the estate, account by account. */
export const listStacks = (estate: Estate, models: readonly ModelDefinition[]): StackDescription[] =>
  estate.environments.flatMap((environment) =>
    stackKinds.flatMap((kind) => stacksOf(kind, environment, models)),
  );

const stacksOf = (
  kind: StackKind,
  environment: Environment,
  models: readonly ModelDefinition[],
): StackDescription[] =>
  instancesIn(kind, environment).map(({ id, model: name }) => {
    const model = models.find((known) => known.name === name);
    return { id, kind: kind.kind, environment, ...(model && { model }) };
  });

/** What there is to know of a stack's kind. */
export function kindOf({ kind }: StackDescription): StackKind {
  const found = [...stackKinds, removedKind].find((known) => known.kind === kind);
  if (!found) throw new Error(`there is no kind of stack "${kind}"`);
  return found;
}
