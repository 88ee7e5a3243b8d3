import type { Json } from "../definition/values";
import type { Path } from "./path";
import type { Task } from "./task";
import { payloadTemplate, RunValue, type Reference, type Text } from "./values";

type Fields = Readonly<Record<string, Json>>;

export interface Caught {
  readonly errors: readonly string[];
  readonly path: Path;
}

/** Where a failed task's error is written. */
const failurePlace = "$.Failure";

/** A Task state, but for what follows it. Its result is what it says later states may refer to, and stands below its name. */
export const renderTask = (name: string, task: Task, caught: readonly Caught[]): Fields => ({
  Type: "Task",
  Resource: task.resource,
  Parameters: payloadTemplate(task.parameters),
  ...timeout(task.timeoutSeconds),
  ...result(name, task.outputs),
  ...(task.retries.length > 0 && { Retry: task.retries.map(retrier) }),
  ...(caught.length > 0 && {
    Catch: caught.map(({ errors, path }) => ({
      ErrorEquals: [...errors],
      Next: path.first(undefined),
      ResultPath: failurePlace,
    })),
  }),
});

const timeout = (seconds: number | Reference): Fields =>
  typeof seconds === "number" ? { TimeoutSeconds: seconds } : { TimeoutSecondsPath: seconds.expression };

/** A field that is a text, or, under another name, a path. https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export const textField = (field: string, value: Text): Fields =>
  value instanceof RunValue ? { [`${field}Path`]: value.expression } : { [field]: value };

/** A task from a catalogue of partitions: `arn:aws:states:::lambda:invoke`. What catches all that a task does not catch itself. */
export const completed = (state: Fields, partition: string, handler: string | undefined): Fields =>
  state.Type === "Task"
    ? {
        ...state,
        Resource: `arn:${partition}:states:::${state.Resource as string}`,
        ...(handler !== undefined && {
          Catch: [
            ...((state.Catch as readonly Json[] | undefined) ?? []),
            { ErrorEquals: ["States.ALL"], Next: handler, ResultPath: failurePlace },
          ],
        }),
      }
    : state;

/** What nobody refers to is not kept: the data of an execution may be 256 KiB. */
function result(name: string, outputs: Readonly<Record<string, string>>): Fields {
  const fields = Object.entries(outputs).map(([output, path]) => [`${output}.$`, path] as const);
  if (fields.length === 0) return { ResultPath: null };
  return { ResultSelector: Object.fromEntries(fields), ResultPath: `$.${name}` };
}

const retrier = ({ errors, intervalSeconds, maxAttempts, backoffRate }: Task["retries"][number]): Fields => ({
  ErrorEquals: [...errors],
  IntervalSeconds: intervalSeconds,
  MaxAttempts: maxAttempts,
  BackoffRate: backoffRate,
  JitterStrategy: "FULL",
});
