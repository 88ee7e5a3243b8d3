/** A parameter that a pipeline definition declares. */
export interface DeclaredParameter {
  readonly Name: string;
  readonly Type: string;
  readonly DefaultValue?: string | number | boolean;
  readonly EnumValues?: readonly (string | number)[];
}

/** A step as its definition has it. */
export interface DeclaredStep {
  readonly name: string;
  /** `Processing`, `Training`, … */
  readonly kind: string;
}

interface Step {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments?: { readonly IfSteps?: readonly Step[]; readonly ElseSteps?: readonly Step[] };
}

interface Definition {
  readonly Parameters?: readonly DeclaredParameter[];
  readonly Steps?: readonly Step[];
}

/** @param text a pipeline definition that SageMaker has accepted */
export const declaredParameters = (text: string): readonly DeclaredParameter[] =>
  (JSON.parse(text) as Definition).Parameters ?? [];

/**
 * Every step of a definition in its order; those in a condition's branches follow the condition.
 * @param text a pipeline definition that SageMaker has accepted
 */
export const declaredSteps = (text: string): DeclaredStep[] =>
  ((JSON.parse(text) as Definition).Steps ?? []).flatMap(withBranches);

function withBranches({ Name, Type, Arguments }: Step): DeclaredStep[] {
  const inner = Type === "Condition" ? [...(Arguments?.IfSteps ?? []), ...(Arguments?.ElseSteps ?? [])] : [];
  return [{ name: Name, kind: Type }, ...inner.flatMap(withBranches)];
}
