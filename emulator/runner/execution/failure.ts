/** Kinds of exception that a retry policy may name. */
export type ExceptionType =
  "Step.SERVICE_FAULT" | "Step.THROTTLING" | "SageMaker.JOB_INTERNAL_ERROR" | "SageMaker.RESOURCE_LIMIT";

/** Why a step failed: the message becomes its failure reason. */
export class StepFailure extends Error {
  constructor(
    message: string,
    /** What a retry policy may match. */
    readonly exception?: ExceptionType,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A function that ran longer than its timeout, which fails an execution even while it stops. */
export class FunctionTimedOut extends StepFailure {}

/** Whether an error is what a stop looks like from inside a step, and no failure of its own. */
export const isStop = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && !(error instanceof StepFailure);

interface ServiceException {
  readonly name: string;
  readonly message: string;
  readonly $fault?: "client" | "server";
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const throttles = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** The failure that an error means: a service's exception by its name, anything else as it is. */
export function asFailure(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error;
  const { name, message, $fault, $metadata } = error as ServiceException;
  const exception = exceptionOf(name, $fault === "server" || ($metadata?.httpStatusCode ?? 0) >= 500);
  const text = $metadata ? `${name}: ${message}` : message;
  return new StepFailure(text, exception, { cause: error });
}

function exceptionOf(name: string, serverFault: boolean): ExceptionType | undefined {
  if (throttles.test(name)) return "Step.THROTTLING";
  if (name === "ResourceLimitExceeded") return "SageMaker.RESOURCE_LIMIT";
  return serverFault ? "Step.SERVICE_FAULT" : undefined;
}
