/**
 * A number whose type has a fraction, though its value has none: `3.0`, which joined as text is "3.0", where an integer is
 * "3". JavaScript knows one kind of number only.
 *
 * How SageMaker writes values as text is what its SDK reads and expects of it: "3" for an integer and "true" or "false"
 * for a Boolean (tests/integ/sagemaker/workflow/test_pipeline_var_behaviors.py, run against the service; a condition's
 * outcome there too), what `int` and `float` of Python take (remote_function/core/pipeline_variables.py). For a whole
 * float its local mode has Python's "3.0" (local/pipeline.py, `_evaluate_join_function`).
 * https://github.com/aws/sagemaker-python-sdk/tree/v2.257.1
 */
export class WholeFloat {
  constructor(readonly value: number) {}

  toString(): string {
    return `${this.value}.0`;
  }

  toJSON(): number {
    return this.value;
  }
}

/** A float as it is to be kept: as a number, unless its value is whole. */
export const float = (value: number): number | WholeFloat =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? new WholeFloat(value) : value;

/** A value as requests and comparisons take it. */
export const plain = (value: unknown): unknown => {
  if (value instanceof WholeFloat) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  return isRecord(value) ? mapped(value, plain) : value;
};

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const mapped = (value: object, change: (inner: unknown) => unknown): unknown =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));

const marker = "\u0000float:";
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads JSON, with every number that is written as a float, but has a whole value, as WholeFloat. @throws SyntaxError */
export function parseJson(text: string): unknown {
  JSON.parse(text);
  const marked = text.replace(tokens, (token) =>
    !token.startsWith('"') && /[.eE]/.test(token) ? JSON.stringify(`${marker}${token}`) : token,
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(marker) ? float(Number(value.slice(marker.length))) : value,
  );
}

/** A definition's text, in which only what is to be joined needs to know a whole float. @throws SyntaxError */
export const parseDefinitionJson = (text: string): unknown => plainOutsideJoins(parseJson(text));

function plainOutsideJoins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOutsideJoins);
  if (!isRecord(value)) return plain(value);
  return "Std:Join" in value ? value : mapped(value, plainOutsideJoins);
}
