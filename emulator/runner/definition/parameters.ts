import { float, type WholeFloat } from "./numbers";
import type { ParameterDefinition } from "./schema";
import { DefinitionError } from "./parse";

export type ParameterValue = string | number | boolean | WholeFloat;

/**
 * The values of an execution's parameters, in their declared types.
 * @param given as StartPipelineExecution took them: text
 * @throws DefinitionError naming each parameter that has no value or one of another type
 */
export function parameterValues(
  declared: readonly ParameterDefinition[],
  given: readonly { readonly Name: string; readonly Value: string }[],
): ReadonlyMap<string, ParameterValue> {
  const texts = new Map(given.map(({ Name, Value }) => [Name, Value]));
  const problems: string[] = [];
  const values = declared.map((parameter): [string, ParameterValue] => {
    const value = valueOf(parameter, texts.get(parameter.Name));
    if (value instanceof DefinitionError) problems.push(value.message);
    return [parameter.Name, value instanceof DefinitionError ? "" : value];
  });
  if (problems.length > 0) throw new DefinitionError(problems.join("; "));
  return new Map(values);
}

function valueOf(
  { Name, Type, DefaultValue, EnumValues }: ParameterDefinition,
  text: string | undefined,
): ParameterValue | DefinitionError {
  const value = text === undefined ? DefaultValue : typed(Type, text);
  if (value === undefined && text === undefined) return new DefinitionError(`Parameter ${Name} has no value`);
  if (value === undefined)
    return new DefinitionError(`Parameter ${Name} must be of type ${Type}, got: ${JSON.stringify(text)}`);
  if (EnumValues && !EnumValues.includes(String(value)))
    return new DefinitionError(
      `Parameter ${Name} must be one of ${EnumValues.join(", ")}, got: ${JSON.stringify(value)}`,
    );
  return Type === "Float" && typeof value === "number" ? float(value) : value;
}

function typed(type: ParameterDefinition["Type"], text: string): ParameterValue | undefined {
  if (type === "String") return text;
  if (type === "Boolean") return { true: true, false: false }[text.toLowerCase()];
  const number = text.trim() === "" ? Number.NaN : Number(text);
  const fits = type === "Integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  return fits ? number : undefined;
}
