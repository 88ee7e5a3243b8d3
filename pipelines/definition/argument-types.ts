import types from "./non-text-arguments.json";
import {
  allSteps,
  itemsOf,
  textOf,
  valueAt,
  type RenderedDefinition,
  type RenderedStep,
} from "./rendered/json";
import type { Json } from "./values";

/** What they take is theirs to say, or EMR's, or has two types under one name (`Value` of Endpoint); any type goes. */
const untyped = new Set(["Condition", "Lambda", "Callback", "EMR", "Endpoint"]);
/** Maps from names of the author's to texts. */
const textMaps = new Set(["Environment", "HyperParameters"]);

/**
 * Arguments whose value or reference is of another type than SageMaker's request wants: it turns none into another. All
 * that `non-text-arguments.json` does not name is text; a test compares that file with AWS's own service model.
 * https://github.com/aws/sagemaker-python-sdk/issues/4867
 * @returns a sentence each: `step Train: Arguments.RoleArn must be of type String, got: Parameters.Count of type Integer`
 */
export function mistypedArguments(definition: Pick<RenderedDefinition, "Parameters" | "Steps">): string[] {
  const steps = allSteps(definition.Steps);
  const typeOf = typesOfReferences(definition, steps);
  return steps
    .filter(({ Type }) => !untyped.has(Type))
    .flatMap(({ Name, Arguments }) =>
      mistyped(Arguments, "String", "Arguments", typeOf).map((problem) => `step ${Name}: ${problem}`),
    );
}

type TypeOf = (path: string) => string;

function typesOfReferences(
  { Parameters }: Pick<RenderedDefinition, "Parameters">,
  steps: readonly RenderedStep[],
): TypeOf {
  const known = new Map([
    ...Parameters.map(({ Name, Type }): [string, string] => [`Parameters.${Name}`, Type]),
    ...steps.flatMap(({ Name, OutputParameters }) =>
      itemsOf(OutputParameters).map((output): [string, string] => [
        `Steps.${Name}.OutputParameters['${textOf(valueAt(output, "OutputName"))}']`,
        textOf(valueAt(output, "OutputType")) ?? "String",
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
  wanted === given || (wanted === "Float" && given === "Integer")
    ? []
    : [`${path} must be of type ${wanted}, got: ${value} of type ${given}`];
