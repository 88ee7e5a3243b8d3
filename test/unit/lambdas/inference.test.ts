import { largest } from "../../../lambdas/inference/answer";
import { answerTo, type Tools } from "../../../lambdas/inference/invoke";
import type { Asked, InferenceEvent } from "../../../lambdas/inference/request";

const printed: string[] = [];
const asked: Asked[] = [];

beforeEach(() => {
  asked.length = 0;
  jest.spyOn(console, "info").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  expect(printed.filter((line) => /5\.1|setosa|secret/.test(line))).toEqual([]);
});

const rows = "5.1,3.5,1.4,0.2\n";
const event: InferenceEvent = {
  requestContext: { requestId: "request-1" },
  rawQueryString: "",
  headers: { "content-type": "text/csv", accept: "*/*" },
  body: rows,
  isBase64Encoded: false,
};
const with_ = (headers: InferenceEvent["headers"]): InferenceEvent => ({
  ...event,
  headers: { ...event.headers, ...headers },
});

const tools = (ask: Tools["ask"]): Tools => ({
  contentTypes: ["text/csv", "application/json"],
  ask: (each) => {
    asked.push(each);
    return ask(each);
  },
});
const tells = (body: string | Uint8Array) =>
  tools(() => Promise.resolve({ contentType: "text/csv", body: Buffer.from(body) }));
const fails = (error: object) => tools(() => Promise.reject(Object.assign(new Error(), error)));

async function told(from: Tools, given: InferenceEvent = event) {
  const { statusCode, headers, body } = await answerTo(from, given);
  expect(headers).toMatchObject({ "cache-control": "no-store", "content-type": "application/json" });
  const { requestId, ...error } = JSON.parse(body) as Readonly<Record<string, string>>;
  expect(requestId).toBe("request-1");
  return { status: statusCode, ...error, retryAfter: headers["retry-after"] };
}

test("what the model says comes as it said it, whatever its bytes", async () => {
  const body = Uint8Array.from([0, 255, 10, 13]);
  expect(await answerTo(tells(body), event)).toEqual({
    statusCode: 200,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff", "content-type": "text/csv" },
    body: "AP8KDQ==",
    isBase64Encoded: true,
  });
  expect(asked).toEqual([{ contentType: "text/csv", body: Buffer.from(rows) }]);
});

test("bodies may come in base64, types in any case with UTF-8 said", async () => {
  const given = {
    ...with_({ "content-type": 'Application/JSON; charset="UTF-8"' }),
    body: "e30=",
    isBase64Encoded: true,
  };
  expect(await answerTo(tells("setosa"), given)).toMatchObject({ statusCode: 200 });
  expect(asked).toEqual([{ contentType: "application/json", body: Buffer.from("{}") }]);
});

test.each([
  ["application/json", "application/json"],
  ["text/csv;q=0.9, application/json", "text/csv"],
  ["application/json, text/plain, */*", undefined],
  [", TEXT/* ", "text/*"],
  [" ; ,", undefined],
  ["", undefined],
])("of a caller that accepts %j the model is told %j", async (accept, expected) => {
  await answerTo(tells(""), with_({ accept }));
  expect(asked[0]?.accept).toBe(expected);
});

test.each([
  "text",
  "text/csv\r\nx-amzn-sagemaker-target-variant: b",
  "\u4e2d/csv",
  `text/${"x".repeat(1100)}`,
])(
  "defect: a caller that accepts %j is told so, and not that the model or the API is ill",
  async (accept) => {
    const answer = await told(tells(""), with_({ accept }));
    expect(answer).toMatchObject({ status: 406, code: "NotAcceptable", retryAfter: undefined });
    expect(JSON.stringify(answer).length).toBeLessThan(300);
    expect(asked).toEqual([]);
  },
);

test.each([
  ["a query", { rawQueryString: "sagemaker_endpoint=other" }, "a query"],
  ["a variant", with_({ "x-amzn-sagemaker-target-variant": "other" }), "x-amzn-sagemaker-target-variant"],
  ["a component", with_({ "x-amzn-sagemaker-inference-component": "other" }), "inference-component"],
])("defect: %s chooses nothing, and is refused", async (_, change, got) => {
  expect(await told(tells(""), { ...event, ...change })).toMatchObject({
    status: 400,
    code: "UnknownParameter",
    message: expect.stringContaining(got) as string,
  });
  expect(asked).toEqual([]);
});

test.each([
  ["application/x-www-form-urlencoded", undefined],
  ["text/csv; charset=latin-1", undefined],
  ["text/csv; header=present", undefined],
  ["text/csv", "gzip"],
  [undefined, undefined],
])("a body of type %s, encoded as %s, is refused with 415", async (type, encoding) => {
  const given = with_({ "content-type": type, "content-encoding": encoding });
  expect(await told(tells(""), given)).toMatchObject({
    status: 415,
    code: "UnsupportedMediaType",
    message: expect.stringContaining("must be text/csv or application/json") as string,
  });
  expect(asked).toEqual([]);
});

test("bodies and answers are of 4 MiB at most, so that neither is lost in base64", async () => {
  const most = "1".repeat(largest);
  expect(await answerTo(tells(most), { ...event, body: most })).toMatchObject({ statusCode: 200 });
  expect(await told(tells(""), { ...event, body: `${most}1` })).toMatchObject({
    status: 413,
    code: "BodyTooLarge",
    message: "The body must be at most 4194304 bytes, got: 4194305",
  });
  expect(await told(tells(`${most}1`))).toMatchObject({ status: 413, code: "AnswerTooLarge" });
  const whole = await answerTo(tells(most), event);
  expect(Buffer.byteLength(JSON.stringify(whole))).toBeLessThan(6 * 1024 * 1024);
});

test("nothing to score is said so", async () => {
  expect(await told(tells(""), { ...event, body: "" })).toMatchObject({ status: 400, code: "EmptyBody" });
});

const byModel = (OriginalStatusCode: number, OriginalMessage: string) => ({
  name: "ModelError",
  message: `Received server error (${OriginalStatusCode}) from primary. See https://console.aws.amazon.com/… in account 111111111111`,
  OriginalStatusCode,
  OriginalMessage,
  LogStreamArn: "arn:aws:logs:us-east-1:111111111111:log-group:secret",
  $metadata: { httpStatusCode: 424 },
});
const answered = (name: string, httpStatusCode: number, message = "secret") => ({
  ...{ name, message },
  $metadata: { httpStatusCode },
});
const trace = 'Traceback (most recent call last):\n  File "/opt/ml/secret.py", line 1';

test.each<readonly [object, number, string, string, string | undefined]>([
  [byModel(400, "row 2 must have 4 values"), 422, "RefusedByModel", ": row 2 must have 4 values", undefined],
  [byModel(415, trace), 422, "RefusedByModel", "The model refuses the body", undefined],
  [byModel(400, "x".repeat(301)), 422, "RefusedByModel", "The model refuses the body", undefined],
  [byModel(500, trace), 502, "ModelFailed", "The model has failed", undefined],
  [byModel(503, "secret"), 502, "ModelFailed", "The model has failed", undefined],
  [byModel(0, "Your invocation timed out"), 504, "TooSlow", "in time", undefined],
  [{ name: "AbortError", message: "Request aborted" }, 504, "TooSlow", "in time", undefined],
  [
    answered("ValidationError", 400, "Endpoint iris-workflow of account 111111111111 not found."),
    ...([503, "NotServing", "Nothing serves this model yet", "60"] as const),
  ],
  [answered("ThrottlingException", 400), 429, "TooManyRequests", "more to do", "1"],
  [answered("ModelNotReadyException", 429), 503, "Unavailable", "just now", "5"],
  [answered("ServiceUnavailable", 503), 503, "Unavailable", "just now", "5"],
  [
    { name: "Error", message: "connect ECONNREFUSED secret", $metadata: { attempts: 2 } },
    ...([503, "Unavailable", "just now", "5"] as const),
  ],
  [{ name: "Error", message: "aborted", code: "ECONNRESET" }, 503, "Unavailable", "just now", "5"],
  [
    answered("AccessDeniedException", 403, "arn:aws:sts::111111111111:assumed-role/secret is not authorized"),
    ...([500, "InternalError", "Something is wrong", undefined] as const),
  ],
  [{ name: "TypeError", message: "secret" }, 500, "InternalError", "Something is wrong", undefined],
])("defect: %j is told by a code, with nothing of what is behind", async (error, ...expected) => {
  const [status, code, message, retryAfter] = expected;
  const answer = await told(fails(error));
  expect(answer).toEqual({ status, code, message: expect.any(String) as string, retryAfter });
  expect(answer).toHaveProperty("message", expect.stringContaining(message));
  expect(JSON.stringify(answer)).not.toMatch(/secret|111111111111|Traceback|arn:|x{300}/);
});
