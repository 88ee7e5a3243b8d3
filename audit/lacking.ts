import type { Condition, PolicyStatement } from "../core/policy";
import { strangersAccount } from "./principals";
import type { RequestContext } from "./question";

const foreignKey = `arn:aws:kms:us-east-1:${strangersAccount}:key/any`;

/**
 * Contexts in which just one of a statement's demands is not met: of a job a flag that is not set, a stranger's key; of a role another boundary.
 * @param fulfilled a context in which all are
 */
export const lackingContexts = (conditions: Condition, fulfilled: RequestContext): RequestContext[] => [
  ...keysOf(conditions.Bool).map((key) => ({ ...fulfilled, [key]: "false" })),
  ...keysOf(conditions.ArnLike).map((key) => ({ ...fulfilled, [key]: foreignKey })),
  ...Object.keys(conditions.StringEquals ?? {})
    .filter((key) => key === "iam:PermissionsBoundary")
    .map((key) => ({ ...fulfilled, [key]: "arn:aws:iam::aws:policy/AdministratorAccess" })),
];

/** Contexts that refusals of all values but some let through; none where nothing refuses the action so. */
export function sparedContexts(
  action: string,
  refusals: readonly PolicyStatement[],
  contexts: readonly RequestContext[],
): RequestContext[] {
  const spared = refusals
    .filter(({ Action }) => Action.includes(action))
    .flatMap(({ Condition = {} }) => [
      ...Object.entries(Condition["ForAnyValue:StringNotEquals"] ?? {}),
      ...Object.entries(Condition.StringNotEquals ?? {}).filter(([key]) => key === "aws:SourceVpc"),
    ]);
  if (spared.length === 0) return [];
  return contexts.map((context) => ({ ...context, ...Object.fromEntries(spared) }));
}

const keysOf = (keys: Condition[string] = {}): string[] =>
  Object.keys(keys).filter((key) => key.startsWith("sagemaker:"));
