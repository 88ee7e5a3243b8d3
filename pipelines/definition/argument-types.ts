import types from "./non-text-arguments.json";
import type { Json } from "./values";

/** A definition as it is rendered, as far as types go. */
export interface RenderedDefinition {
  readonly Parameters: readonly { readonly Name: string; readonly Type: string }[];
  readonly Steps: readonly RenderedStep[];
}

interface RenderedStep {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Json;
  readonly OutputParameters?: readonly { readonly OutputName: string; readonly OutputType: string }[];
}

type Branches = Readonly<Partial<Record<"IfSteps" | "ElseSteps", readonly RenderedStep[]>>>;

/** What they take is theirs to say; any type goes. */
const untyped = new Set(["Condition", "Lambda", "Callback"]);
/** Maps from names of the author's to texts. */
const textMaps = new Set(["Environment", "HyperParameters"]);

/**
 * Arguments whose value or reference is of another type than SageMaker's request wants: it turns none into another. All
 * that `non-text-arguments.json` does not name is text; a test compares that file with AWS's own service model.
 * https://github.com/aws/sagemaker-python-sdk/issues/4867
 * @returns a sentence each: `step Train: Arguments.RoleArn must be of type String, got: Parameters.Count of type Integer`
 */
export function mistypedArguments(definition: RenderedDefinition): string[] {
  const steps = withBranches(definition.Steps);
  const typeOf = typesOfReferences(definition, steps);
  return steps
    .filter(({ Type }) => !untyped.has(Type))
    .flatMap(({ Name, Arguments }) =>
      mistyped(Arguments, "String", "Arguments", typeOf).map((problem) => `step ${Name}: ${problem}`),
    );
}

const withBranches = (steps: readonly RenderedStep[]): RenderedStep[] =>
  steps.flatMap((step) => {
    if (step.Type !== "Condition") return [step];
    const { IfSteps = [], ElseSteps = [] } = step.Arguments as Branches;
    return [step, ...withBranches(IfSteps), ...withBranches(ElseSteps)];
  });

type TypeOf = (path: string) => string;

function typesOfReferences({ Parameters }: RenderedDefinition, steps: readonly RenderedStep[]): TypeOf {
  const known = new Map([
    ...Parameters.map(({ Name, Type }): [string, string] => [`Parameters.${Name}`, Type]),
    ...steps.flatMap(({ Name, OutputParameters = [] }) =>
      OutputParameters.map(({ OutputName, OutputType }): [string, string] => [
        `Steps.${Name}.OutputParameters['${OutputName}']`,
        OutputType,
      ]),
    ),
  ]);
  return (path) => known.get(path) ?? typeOfMember(/\w+$/.exec(path)?.[0] ?? "");
}

function typeOfMember(name: string): string {
  const [type = "String"] = Object.entries(types).find(([, names]) => names.includes(name)) ?? [];
  return type;
}

function mistyped(value: Json, wanted: string, path: string, typeOf: TypeOf): string[] {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((each, at) => mistyped(each, wanted, `${path}[${at}]`, typeOf));
  if (typeof value !== "object" || value === null)
    return fault(path, wanted, typeOfLiteral(value), String(value));
  const inner = value as Readonly<Record<string, Json>>;
  if ("Std:JsonGet" in inner) return [];
  if ("Std:Join" in inner) return fault(path, wanted, "String", "a Join");
  if (typeof inner.Get === "string") return fault(path, wanted, typeOf(inner.Get), inner.Get);
  const isMap = textMaps.has(/\w+$/.exec(path)?.[0] ?? "");
  return Object.entries(inner).flatMap(([name, each]) =>
    mistyped(each, isMap ? "String" : typeOfMember(name), `${path}.${name}`, typeOf),
  );
}

function typeOfLiteral(value: string | number | boolean | null): string {
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Float";
  return typeof value === "boolean" ? "Boolean" : "String";
}

const fault = (path: string, wanted: string, given: string, value: string): string[] =>
  wanted === given ? [] : [`${path} must be of type ${wanted}, got: ${value} of type ${given}`];
