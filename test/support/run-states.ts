type Values = Readonly<Record<string, unknown>>;
type State = Readonly<Record<string, unknown>> & { readonly Type: string };
type Condition = Values;

/** What a task is asked with. */
export interface Call {
  readonly state: string;
  /** As Step Functions spells it, such as `sagemaker:createModel`. */
  readonly resource: string;
  readonly parameters: Values;
}

/** An error by its name in Amazon States Language. */
export class StateError extends Error {
  constructor(
    override readonly name: string,
    cause = "",
  ) {
    super(cause);
  }
}

export interface EndedRun {
  readonly status: "SUCCEEDED" | "FAILED";
  readonly error?: string;
  readonly cause?: string;
  /** Names of the states that it came to, in order. */
  readonly states: readonly string[];
}

const mostStates = 10_000;

/**
 * Runs a state machine's definition as Step Functions does, as far as workflows use its language: no time goes by, and a task that fails has
 * been tried as often as it may.
 * @param answer to each task; what it throws is what the task fails of
 * @throws Error for a run that does not end
 */
export function runStates(definition: string, input: Values, answer: (call: Call) => unknown): EndedRun {
  const { StartAt, States } = JSON.parse(definition) as {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
  };
  const context = { Execution: { Input: input, Id: "arn:run" }, Task: { Token: "token" } };
  const states: string[] = [];
  let data: unknown = input;
  for (let name = StartAt; ;) {
    states.push(name);
    if (states.length > mostStates)
      throw new Error(`no end after ${mostStates} states: …, ${states.slice(-8).join(", ")}`);
    const state = States[name];
    if (!state) throw new Error(`no state ${name}`);
    const { Type, Next, Error: error, Cause, CausePath } = state as State & Record<string, string>;
    if (Type === "Succeed") return { status: "SUCCEEDED", states };
    if (Type === "Fail") {
      const cause = CausePath === undefined ? Cause : String(valueOf(CausePath, data, context));
      return { status: "FAILED", states, ...(error && { error }), ...(cause && { cause }) };
    }
    if (Type === "Pass") data = placed(data, state.ResultPath, filled(state.Parameters, data, context));
    if (Type === "Choice") {
      const ways = state.Choices as readonly (Condition & { readonly Next: string })[];
      name = ways.find((way) => holds(way, data, context))?.Next ?? String(state.Default);
      continue;
    }
    let next = Next;
    if (Type === "Task")
      try {
        const parameters = filled(state.Parameters, data, context) as Values;
        const resource = String(state.Resource).replace(/^arn:aws:states:::/, "");
        const told = answer({ state: name, resource, parameters }) ?? {};
        const result = state.ResultSelector ? filled(state.ResultSelector, told, context) : told;
        data = placed(data, state.ResultPath, result);
      } catch (failed) {
        const { name: Error, message } = failed as StateError;
        const caught = (
          (state.Catch ?? []) as { ErrorEquals: string[]; Next: string; ResultPath: string }[]
        ).find(({ ErrorEquals }) => ErrorEquals.some((name) => covers(name, Error)));
        if (!(failed instanceof StateError)) throw failed;
        if (!caught) return { status: "FAILED", error: Error, cause: message, states };
        data = placed(data, caught.ResultPath, { Error, Cause: message });
        next = caught.Next;
      }
    name = next ?? "";
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const covers = (name: string, error: string): boolean =>
  name === error || name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");

function placed(data: unknown, path: unknown, value: unknown): unknown {
  if (typeof path !== "string") return data;
  const [, key = ""] = /^\$\.(\w+)$/.exec(path) ?? [];
  return { ...(data as Values), [key]: value };
}

function filled(template: unknown, data: unknown, context: unknown): unknown {
  if (Array.isArray(template)) return template.map((item) => filled(item, data, context));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith(".$")
        ? [key.slice(0, -2), required(String(value), valueOf(String(value), data, context))]
        : [key, filled(value, data, context)],
    ),
  );
}

function required(path: string, value: unknown): unknown {
  if (value === undefined) throw new StateError("States.Runtime", `nothing at ${path}`);
  return value;
}

const intrinsics: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
  Format: (format, ...values) =>
    values.reduce<string>((text, value) => text.replace("{}", String(value)), String(format)),
  MathAdd: (left, right) => Number(left) + Number(right),
  StringToJson: (text) => JSON.parse(String(text)) as unknown,
  UUID: () => "11111111-1111-4111-8111-111111111111",
};

function valueOf(expression: string, data: unknown, context: unknown): unknown {
  const [, intrinsic, given = ""] = /^States\.(\w+)\((.*)\)$/.exec(expression) ?? [];
  if (intrinsic !== undefined) {
    const each = given.match(/'(?:\\.|[^'\\])*'|[^,\s]+/g) ?? [];
    return intrinsics[intrinsic]?.(
      ...each.map((one) => (one.startsWith("$") ? valueOf(one, data, context) : literal(one))),
    );
  }
  const [, root, path = ""] = /^(\$\$?)(.*)$/.exec(expression) ?? [];
  const steps = path.match(/\[\?\(.*?\)\]|\[\d+\]|\w+/g) ?? [];
  return steps.reduce<unknown>(at, root === "$$" ? context : data);
}

const literal = (text: string): unknown =>
  text.startsWith("'") ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1") : Number(text);

function at(value: unknown, step: string): unknown {
  const [, key, equal] = /^\[\?\(@\.(\w+) == '(.*)'\)\]$/.exec(step) ?? [];
  if (key !== undefined) return (value as Values[]).filter((one) => one[key] === equal);
  if (step.startsWith("[")) return (value as unknown[] | undefined)?.[Number(step.slice(1, -1))];
  if (Array.isArray(value)) return value.map((one) => (one as Values)[step]);
  return (value as Values | undefined)?.[step];
}

function holds(condition: Condition, data: unknown, context: unknown): boolean {
  const { And, Or, Not, Variable } = condition as Record<string, Condition[] & Condition & string>;
  if (And) return And.every((one) => holds(one, data, context));
  if (Or) return Or.some((one) => holds(one, data, context));
  if (Not) return !holds(Not, data, context);
  const value = valueOf(String(Variable), data, context);
  const [operator = "", right] =
    Object.entries(condition).find(([key]) => !["Variable", "Next"].includes(key)) ?? [];
  switch (operator) {
    case "IsPresent":
      return (value !== undefined) === right;
    case "IsString":
      return (typeof value === "string") === right;
    case "NumericGreaterThanEquals":
      return Number(value) >= Number(right);
    case "StringEqualsPath":
      return value === valueOf(String(right), data, context);
    case "StringEquals":
      return value === right;
    default:
      throw new Error(`no comparison ${operator}`);
  }
}
