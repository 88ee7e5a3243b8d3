/** What API Gateway sends to a caller. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded?: boolean;
}

/** Bytes of a body, and of an answer: in base64 it fits, with what is around it, into the 6 MB that a function takes and gives. */
export const largest = 4 * 2 ** 20;

/**
 * What is told instead of an answer. Codes stay as they are; messages may change.
 * @see docs/inference-api.md
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds after which it may be worth another try. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

const common = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** In base64, so that every type comes as the model gave it. */
export const answerOf = (contentType: string, body: Uint8Array): Answer => ({
  statusCode: 200,
  headers: { ...common, "content-type": contentType },
  body: Buffer.from(body).toString("base64"),
  isBase64Encoded: true,
});

export const refusalOf = ({ status, code, message, retryAfter }: Refusal, requestId: string): Answer => ({
  statusCode: status,
  headers: {
    ...common,
    "content-type": "application/json",
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  },
  body: JSON.stringify({ code, message, requestId }),
});
