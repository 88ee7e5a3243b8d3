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
 * The display name of an execution.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 * @throws UsageError where SageMaker takes no such name
 */
export function displayName(given: string): string {
  if (/^[A-Za-z0-9](-*[A-Za-z0-9]){0,81}$/.test(given)) return given;
  throw new UsageError(`--name must be 1 to 82 letters, digits and inner dashes, got: "${given}"`);
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

interface Form {
  readonly pattern: RegExp;
  readonly holds?: (value: number) => boolean;
  readonly words: string;
}

const forms: Readonly<Record<string, Form>> = {
  Integer: { pattern: /^[+-]?\d+$/, holds: Number.isSafeInteger, words: "an integer" },
  Float: { pattern: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, holds: Number.isFinite, words: "a number" },
  Boolean: { pattern: /^(true|false)$/i, words: "true or false" },
};

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Parameter.html */
const longestValue = 1024;

function problemWith({ Name, Type, DefaultValue, EnumValues }: DeclaredParameter, value: string | undefined) {
  if (value === undefined)
    return DefaultValue === undefined ? `Parameter ${Name} has no default: give it with --param` : undefined;
  // An empty text as well: https://github.com/aws/sagemaker-python-sdk/issues/4016
  if (value === "") return `Parameter ${Name} must not be empty`;
  if (value.length > longestValue)
    return `Parameter ${Name} must be at most ${longestValue} characters, got: ${value.length}`;
  const form = forms[Type];
  if (form && !(form.pattern.test(value) && (form.holds?.(Number(value)) ?? true)))
    return `Parameter ${Name} must be ${form.words}, got: ${value}`;
  if (EnumValues && !EnumValues.map(String).includes(value))
    return `Parameter ${Name} must be one of ${EnumValues.join(", ")}, got: ${value}`;
  return undefined;
}
