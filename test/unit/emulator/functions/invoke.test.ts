import { call, error, js, result, type Call } from "./support/call";

test.each<readonly [string, Call, object]>([
  ["exports.handler, async", js("exports.handler = async ({ n }) => n + 1;"), result(3)],
  ["module.exports", js("module.exports = { handler: async ({ n }) => n + 1 };"), result(3)],
  ["a promise of a plain function", js("exports.handler = ({ n }) => Promise.resolve(n + 1);"), result(3)],
  [
    "a callback",
    js("exports.handler = ({ n }, _, callback) => setTimeout(callback, 1, null, n + 1);"),
    result(3),
  ],
  ["a callback at once", js("exports.handler = ({ n }, _, callback) => callback(null, n + 1);"), result(3)],
  [
    "a callback before the event loop is empty: what runs then still counts",
    js(
      "const r = {}; exports.handler = (e, c, callback) => { callback(null, r); setTimeout(() => (r.late = 1), 5); };",
    ),
    result({ late: 1 }),
  ],
  [
    "a callback that does not wait",
    js(
      "exports.handler = (e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; setInterval(() => 0, 9); callback(null, 1); };",
    ),
    result(1),
  ],
  ["a second callback", js("exports.handler = (e, c, cb) => { cb(null, 1); cb(null, 2); };"), result(1)],
  ["context.succeed", js("exports.handler = (e, context) => context.succeed(1);"), result(1)],
  ["context.done", js("exports.handler = (e, context) => context.done(null, 1);"), result(1)],
  ["context.fail", js("exports.handler = (e, context) => context.fail('no');"), error("string", "no")],
  [
    "a callback's error",
    js("exports.handler = (e, c, cb) => cb(new TypeError('no'));"),
    error("TypeError", "no"),
  ],
  ["a callback's text as error", js("exports.handler = (e, c, cb) => cb('no');"), error("string", "no")],
  [
    "an error thrown at once",
    js("exports.handler = () => { throw new RangeError('no'); };"),
    error("RangeError", "no"),
  ],
  [
    "a rejection",
    js("exports.handler = async () => { throw new RangeError('no'); };"),
    error("RangeError", "no"),
  ],
  [
    "an error thrown later",
    js("exports.handler = (e, c, cb) => { setTimeout(() => { throw new RangeError('no'); }, 1); };"),
    error("RangeError", "no"),
  ],
  [
    "a rejection that nobody handles",
    js("exports.handler = (e, c, cb) => { Promise.reject(new Error('no')); };"),
    error("Runtime.UnhandledPromiseRejection", "Error: no"),
  ],
  ["what a plain function returns, which counts for nothing", js("exports.handler = () => 3;"), result(null)],
  ["nothing", js("exports.handler = async () => {};"), result(null)],
  [
    "an async handler that never settles",
    js("exports.handler = async () => new Promise(() => {});"),
    error("Runtime.NodeJsExit", expect.any(String)),
  ],
  [
    "a result that is no JSON",
    js("exports.handler = async () => 1n;"),
    error("Error", "Unable to stringify response body"),
  ],
  [
    "a process that ends itself",
    js("exports.handler = async () => process.exit(0);"),
    error("Runtime.ExitError", "Runtime exited without providing a reason"),
  ],
  [
    "a stream of its response",
    js("exports.handler = awslambda.streamifyResponse(async (event, stream) => stream.end('1'));"),
    error("Runtime.StreamingHandler", expect.stringContaining("awslambda.streamifyResponse")),
  ],
  ["a plain return on Node.js 24", { ...js("exports.handler = ({ n }) => n + 1;"), node: 24 }, result(3)],
  [
    "a callback on Node.js 24",
    { ...js("exports.handler = (e, c, callback) => callback(null, 1);"), node: 24 },
    error("Runtime.CallbackHandlerDeprecated", expect.stringContaining("starting with Node.js 24")),
  ],
])("a handler's answer: %s", (_, given, expected) => {
  expect(call(given)).toMatchObject({ told: expected, status: 0 });
});

test("a handler finds the documented context and variables", () => {
  const { told } = call(
    js(`exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis(),
      zone: new Date(0).getHours(), task: process.env.LAMBDA_TASK_ROOT.endsWith("/function"), handler: process.env._HANDLER });`),
  );
  expect(told).toMatchObject(
    result({
      functionName: "f",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:111111111111:function:f",
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/) as string,
      callbackWaitsForEmptyEventLoop: true,
      zone: 0,
      task: true,
      handler: "index.handler",
    }),
  );
});
