import { allow, type IamStatement } from "../../definition/permissions";
import { lambdaRetries, type Task } from "../task";
import { Reference, type Payload } from "../values";

export interface FunctionTaskProps<Output extends string> {
  readonly functionArn: string;
  /** What the function is given. @default nothing */
  readonly payload?: Payload;
  /** Keys of its answer that later states may refer to. */
  readonly outputs: readonly Output[];
}

export interface AskTaskProps<Output extends string> extends FunctionTaskProps<Output> {
  /** Seconds until the question fails with `States.Timeout`. Without it, the execution would wait for a year. */
  readonly timeoutSeconds: number | Reference;
  /** The key of the payload that has the token. It is a secret: whoever has it may answer. */
  readonly tokenKey: string;
}

/** The longest that a function may take, and retries after it. */
const functionTimeoutSeconds = 900;

/** Calls a function and takes values from its answer. */
export const functionTask = <const Output extends string>(
  props: FunctionTaskProps<Output>,
): Task<Output> => ({
  resource: "lambda:invoke",
  parameters: { FunctionName: props.functionArn, Payload: props.payload ?? {} },
  outputs: paths("$.Payload", props.outputs),
  retries: lambdaRetries,
  timeoutSeconds: functionTimeoutSeconds,
  permissions: () => invoke(props),
  jobPermissions: () => [],
});

/** Hands a task token to a function, and waits until somebody answers with it. */
export const askTask = <const Output extends string>(props: AskTaskProps<Output>): Task<Output> => ({
  resource: "lambda:invoke.waitForTaskToken",
  parameters: {
    FunctionName: props.functionArn,
    Payload: { ...props.payload, [props.tokenKey]: new Reference("$$.Task.Token") },
  },
  outputs: paths("$", props.outputs),
  retries: lambdaRetries,
  timeoutSeconds: props.timeoutSeconds,
  permissions: () => invoke(props),
  jobPermissions: () => [],
});

const invoke = ({ functionArn }: { readonly functionArn: string }): IamStatement[] => [
  allow(["lambda:InvokeFunction"], [functionArn]),
];

const paths = <Output extends string>(
  base: string,
  names: readonly Output[],
): Readonly<Record<Output, string>> =>
  Object.fromEntries(names.map((name) => [name, `${base}.${name}`])) as Record<Output, string>;
