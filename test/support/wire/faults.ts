import type { ServerResponse } from "node:http";
import type { WireRequest } from "./request";

/** What happens to a request instead of an answer of AWS's own. */
export type Fault = (request: WireRequest, answer: ServerResponse) => void;

interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The connection breaks before AWS has got the request. */
export const reset: Fault = (_, answer) => {
  answer.socket?.resetAndDestroy();
};

/** AWS asks to slow down, by the status and name that each service has for it. */
export const throttling: Fault = (request, answer) => {
  const names: Readonly<Record<string, [number, string]>> = {
    s3: [503, "SlowDown"],
    lambda: [429, "TooManyRequestsException"],
    iam: [400, "Throttling"],
    sts: [400, "Throttling"],
  };
  const [status, code] = names[request.service] ?? [400, "ThrottlingException"];
  fail(request, answer, { status, code, message: "Rate exceeded" });
};

/** AWS is out of order. */
export const outOfOrder: Fault = (request, answer) => {
  const code = request.service === "s3" ? "InternalError" : "InternalFailure";
  fail(request, answer, { status: 500, code, message: "We encountered an internal error" });
};

/** AWS refuses, by a name of its own. @param status 403, except for services that talk JSON */
export const refusal =
  (code: string, message: string, status = 403): Fault =>
  (request, answer) => {
    fail(request, answer, { status, code, message });
  };

/** Answers with XML, as STS does. */
export const xmlAnswer =
  (xml: string): Fault =>
  (_, answer) => {
    answer.writeHead(200, { "content-type": "text/xml" });
    answer.end(xml);
  };

function fail(request: WireRequest, answer: ServerResponse, { status, code, message }: ErrorAnswer): void {
  const type = typeOf(request);
  answer.writeHead(status, { "content-type": contentTypes[type], "x-amzn-errortype": code });
  answer.end(bodies[type](code, message));
}

type Envelope = "json" | "query" | "s3";

function typeOf({ service, body }: WireRequest): Envelope {
  if (service === "s3") return "s3";
  return /(^|&)Action=/.test(body) ? "query" : "json";
}

const contentTypes: Readonly<Record<Envelope, string>> = {
  json: "application/x-amz-json-1.1",
  query: "text/xml",
  s3: "application/xml",
};

const bodies: Readonly<Record<Envelope, (code: string, message: string) => string>> = {
  json: (code, message) => JSON.stringify({ __type: code, message }),
  query: (code, message) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
    "<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>",
  s3: (code, message) =>
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message>` +
    "<RequestId>0000000000000000</RequestId></Error>",
};
