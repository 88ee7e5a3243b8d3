import { largest, Refusal } from "./answer";

/** What is read of an HTTP API's event. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export interface InferenceEvent {
  readonly requestContext: { readonly requestId: string };
  readonly rawQueryString?: string;
  /** Names in lower case; several of one name apart by commas. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** What the model is asked. */
export interface Asked {
  readonly contentType: string;
  /** Left out where any type will do. */
  readonly accept?: string;
  readonly body: Uint8Array;
}

/** By which SageMaker's own API lets callers choose variants and models. */
const ofSageMaker = "x-amzn-sagemaker-";

/** @throws Refusal for what is not as documented: nothing that a caller says is passed over in silence */
export function askedIn(event: InferenceEvent, contentTypes: readonly string[]): Asked {
  const { headers = {}, rawQueryString = "", body = "", isBase64Encoded } = event;
  const chooses = Object.keys(headers).find((name) => name.startsWith(ofSageMaker));
  if (rawQueryString !== "" || chooses !== undefined)
    throw new Refusal(
      400,
      "UnknownParameter",
      `This API asks one endpoint, and takes no parameters, got: ${chooses ?? "a query"}`,
    );
  const contentType = typeIn(headers, contentTypes);
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.length === 0) throw new Refusal(400, "EmptyBody", "The body must hold what is to be scored");
  if (bytes.length > largest)
    throw new Refusal(413, "BodyTooLarge", `The body must be at most ${largest} bytes, got: ${bytes.length}`);
  const accept = acceptedIn(headers.accept);
  return { contentType, body: bytes, ...(accept !== undefined && { accept }) };
}

function typeIn(headers: Readonly<Record<string, string | undefined>>, known: readonly string[]): string {
  const { "content-type": given = "", "content-encoding": encoding = "identity" } = headers;
  const [type = "", ...parameters] = given
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const isPlain = parameters.every((parameter) => /^charset="?utf-8"?$/.test(parameter));
  if (!known.includes(type) || !isPlain || encoding !== "identity") {
    const got = encoding === "identity" ? given : `${given}, encoded as ${encoding}`;
    throw new Refusal(
      415,
      "UnsupportedMediaType",
      `The content type must be ${known.join(" or ")}, in UTF-8 and not encoded, got: ${got.slice(0, 100) || "none"}`,
    );
  }
  return type;
}

/** As types are written; SageMaker takes no longer ones, and HTTP none with the end of a line. */
const mediaRange = /^(?=.{1,255}$)[\w.+*-]+\/[\w.+*-]+$/;

/** What the caller wants most, as the model is told it: it may take no list. */
function acceptedIn(accept = ""): string | undefined {
  const ranges = accept.split(",").map((range) => range.split(";")[0]?.trim().toLowerCase() ?? "");
  const [first] = ranges.filter((range) => range !== "");
  if (first === undefined || ranges.includes("*/*")) return undefined;
  if (mediaRange.test(first)) return first;
  throw new Refusal(
    406,
    "NotAcceptable",
    `The header accept must name a media type first, such as text/csv, got: ${first.slice(0, 100)}`,
  );
}
