import type { DeclaredParameter } from "../../operate/definition";
import type { Parameters } from "../../operate/executions";
import { UsageError } from "../errors";
import { hint } from "../estate/find";

/** Adds one `name=value` to those before it; the last of a name wins. @throws UsageError where it is not of that form */
export function collectParameter(given: string, before: Parameters = {}): Parameters {
  const equals = given.indexOf("=");
  if (equals < 1) throw new UsageError(`--param must be name=value, got: ${given}`);
  return { ...before, [given.slice(0, equals)]: given.slice(equals + 1) };
}

/**
 * Checks values against what the deployed definition declares, as SageMaker would, but all at once.
 * @throws UsageError with every mistake
 */
export function checkParameters(given: Parameters, declared: readonly DeclaredParameter[]): void {
  const names = declared.map(({ Name }) => Name);
  const problems = [
    ...Object.keys(given)
      .filter((name) => !names.includes(name))
      .map((name) => `The pipeline has no parameter "${name}"${hint(name, names)}`),
    ...declared.flatMap((parameter) => problemWith(parameter, given[parameter.Name]) ?? []),
  ];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
}

const forms: Readonly<Record<string, { readonly pattern: RegExp; readonly words: string }>> = {
  Integer: { pattern: /^[+-]?\d+$/, words: "an integer" },
  Float: { pattern: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, words: "a number" },
  Boolean: { pattern: /^(true|false)$/i, words: "true or false" },
};

function problemWith({ Name, Type, DefaultValue, EnumValues }: DeclaredParameter, value: string | undefined) {
  if (value === undefined)
    return DefaultValue === undefined ? `Parameter ${Name} has no default: give it with --param` : undefined;
  const form = forms[Type];
  if (form && !form.pattern.test(value)) return `Parameter ${Name} must be ${form.words}, got: ${value}`;
  if (EnumValues && !EnumValues.map(String).includes(value))
    return `Parameter ${Name} must be one of ${EnumValues.join(", ")}, got: ${value}`;
  return undefined;
}
