import { Refusal } from "./answer";

/** What is read of an error of SageMaker's. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly OriginalStatusCode?: number;
  readonly OriginalMessage?: string;
  /** Node.js' own, where a connection broke while the answer came: `ECONNRESET`. */
  readonly code?: string;
  /** Without a status where nobody has answered. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Seconds: an endpoint that is made takes minutes. */
const untilThere = 60;
const untilCalmer = 1;
const untilWell = 5;

/** What a caller is told of a failure: whose it is, and whether to try again; nothing of what is behind. */
export function refusalFor(error: unknown): Refusal {
  const { name, message, code = "", $metadata, ...failure } = error as Failure;
  if (name === "ModelError") return refusalByModel(failure);
  if (name === "AbortError" || name === "TimeoutError") return tooSlow();
  if (name === "ValidationError" && / not found\b/.test(message))
    return new Refusal(503, "NotServing", "Nothing serves this model yet", untilThere);
  if (/^Throttling|^TooManyRequests/.test(name))
    return new Refusal(429, "TooManyRequests", "The model has more to do than it can", untilCalmer);
  const isNoAnswer = /^E[A-Z]+$/.test(code) || ($metadata && ($metadata.httpStatusCode ?? 500) >= 500);
  if (name === "ModelNotReadyException" || isNoAnswer)
    return new Refusal(503, "Unavailable", "The model cannot be asked just now", untilWell);
  return new Refusal(500, "InternalError", "Something is wrong with this API; its operators see what");
}

/**
 * SageMaker answers 424 whatever the container said, which callers and alarms would take for the caller's fault: what the container
 * refuses is that, and what it fails of is not.
 */
function refusalByModel({ OriginalStatusCode: status = 0, OriginalMessage }: Partial<Failure>): Refusal {
  if (status === 0) return tooSlow();
  if (status >= 400 && status < 500)
    return new Refusal(422, "RefusedByModel", `The model refuses the body${saying(OriginalMessage)}`);
  return new Refusal(502, "ModelFailed", "The model has failed");
}

const tooSlow = (): Refusal => new Refusal(504, "TooSlow", "The model has not answered in time");

/** What a container says of a body that it refuses is for whoever sent it; more than a line of text is not that. */
const saying = (message = ""): string => {
  const line = message.trim();
  return line.length > 0 && line.length <= 300 && !/\p{C}|Traceback/u.test(line) ? `: ${line}` : "";
};
