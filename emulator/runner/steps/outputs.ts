import { float, plain, type WholeFloat } from "../definition/numbers";
import { StepFailure } from "../execution/failure";

/** Output parameters of a Lambda or callback step, as a list and by name. */
export interface Outputs {
  readonly list: readonly { readonly Name: string; readonly Value: string }[];
  readonly byName: Readonly<Record<string, unknown>>;
}

interface Declared {
  readonly OutputName: string;
  readonly OutputType?: string;
}

/**
 * Picks the declared outputs from an answer, in their types; a callback's come as text.
 * @throws StepFailure naming every one that is missing or of another type
 */
export function declaredOutputs(
  declared: unknown,
  answer: Readonly<Record<string, unknown>>,
  from: string,
): Outputs {
  const wanted = (declared ?? []) as readonly Declared[];
  const missing = wanted.map(({ OutputName }) => OutputName).filter((name) => isMissing(answer[name]));
  if (missing.length > 0) throw new StepFailure(`ClientError: ${from} did not return ${missing.join(", ")}`);
  const values = wanted.map(({ OutputName, OutputType }) => ({
    name: OutputName,
    type: OutputType,
    value: typed(answer[OutputName], OutputType),
  }));
  const wrong = values.filter(({ value }) => value === undefined);
  if (wrong.length > 0)
    throw new StepFailure(
      `ClientError: ${from} returned ${wrong.map(({ name, type }) => `${name}, which is no ${type ?? ""}`).join("; ")}`,
    );
  const byName = Object.fromEntries(values.map(({ name, value }) => [name, value]));
  return {
    byName,
    list: Object.entries(byName).map(([Name, Value]) => ({ Name, Value: String(plain(Value)) })),
  };
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** The value as one of its type; undefined where it is none. */
function typed(value: unknown, type: string | undefined): string | number | boolean | WholeFloat | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  if (type === "Boolean") return { true: true, false: false }[String(value).toLowerCase()];
  if (type === "Integer" || type === "Float") {
    const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
    if (type === "Integer") return Number.isSafeInteger(number) ? number : undefined;
    return Number.isFinite(number) ? float(number) : undefined;
  }
  return type === "String" ? String(value) : value;
}

export const outputProperties = ({ byName }: Outputs) => ({ OutputParameters: byName });
