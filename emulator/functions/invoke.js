// Lambda's Node.js runtime for one call:
//   node invoke.js FOLDER HANDLER EVENT-FILE ANSWER-FILE FUNCTION-ARN TIMEOUT-SECONDS
//
// The function's folder and handler as deployed; the event as JSON; {"result": …} or {"error": {errorType, errorMessage}}
// is written as answer. The function's own variables and those of its configuration are in the environment,
// AWS_EXECUTION_ENV among them. Handlers are found, called and answered for as Lambda's runtime interface client does it, by versions
// before 4 up to Node.js 22 and since then from 24 on:
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
const { existsSync, readFileSync, symlinkSync, writeFileSync } = require("node:fs");
const { dirname, join, resolve } = require("node:path");
const { isNativeError } = require("node:util").types;
const { contextOf, runtimeVariables } = require("./context");
const { redirectElsewhere, refuseUnreachable } = require("./elsewhere");
const { loadHandler, RuntimeError, streaming } = require("./handler");

const [folder, name, eventFile, answerFile, arn, timeout] = process.argv.slice(2);
const major = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? "")?.[1] ?? 0);

/** The first answer counts, and ends the process: nothing that the handler left open holds it. */
function answer(content) {
  writeFileSync(answerFile, JSON.stringify(content));
  process.exit(0);
}

function succeed(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
  } catch {
    return fail(new Error("Unable to stringify response body"));
  }
  answer({ result: text === undefined ? null : JSON.parse(text) });
}

function fail(error) {
  const like = isNativeError(error) || (error?.name && error.message && error.stack);
  const errorType = like ? error.name : typeof error;
  const errorMessage = like ? error.message : String(error);
  console.error("Invoke Error", error);
  answer({ error: { errorType, errorMessage } });
}

/** With Node.js 24 callbacks went: what a handler returns is its result, be it a promise or not. */
async function call(handler, event, context) {
  if (handler.length >= 3)
    throw new RuntimeError(
      "CallbackHandlerDeprecated",
      "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.",
    );
  succeed(await handler(event, context));
}

/** Before, only a promise or a callback gave a result; with neither it is null once the event loop is empty. */
function callWithCallback(handler, event, context) {
  let whenIdle = () => {
    if (handler.constructor.name === "AsyncFunction")
      fail(new RuntimeError("NodeJsExit", "a promise was never settled, and nothing was left to do"));
    else succeed(null);
  };
  process.on("beforeExit", () => whenIdle());
  let waits = true;
  let done = false;
  const first =
    (report) =>
    (...given) => {
      if (done) return;
      done = true;
      report(...given);
    };
  const isError = (error) => error !== undefined && error !== null;
  const finish = (error, result) => (isError(error) ? fail(error) : succeed(result));
  const callback = first((error, result) => {
    if (isError(error) || !waits) finish(error, result);
    else whenIdle = () => succeed(result);
  });
  Object.defineProperty(context, "callbackWaitsForEmptyEventLoop", {
    enumerable: true,
    get: () => waits,
    set: (value) => (waits = value),
  });
  Object.assign(context, {
    done: first(finish),
    succeed: first((result) => succeed(result)),
    fail: first((error) => fail(isError(error) ? error : "handled")),
  });
  const returned = handler(event, context, callback);
  if (typeof returned?.then === "function") returned.then(context.succeed, context.fail);
}

/** Where packages of the runtime, the AWS SDK, are found: `import` does not look at NODE_PATH. */
function provideRuntimeModules() {
  const place = join(dirname(resolve(folder)), "node_modules");
  if (process.env.NODE_PATH && !existsSync(place)) symlinkSync(process.env.NODE_PATH, place);
}

async function main() {
  redirectElsewhere(process.env);
  refuseUnreachable(process.env);
  Object.assign(process.env, runtimeVariables(resolve(folder), name));
  provideRuntimeModules();
  const handler = await loadHandler(resolve(folder), name);
  if (handler[streaming])
    throw new RuntimeError(
      "StreamingHandler",
      `${name} streams its response (awslambda.streamifyResponse), which this machine does not run`,
    );
  const event = JSON.parse(readFileSync(eventFile, "utf8"));
  const context = contextOf(process.env, { arn, deadline: Date.now() + Number(timeout) * 1000 });
  if (major >= 24) await call(handler, event, context);
  else callWithCallback(handler, event, context);
}

process.once("exit", (code) => {
  if (code === 0 && !existsSync(answerFile))
    writeFileSync(
      answerFile,
      JSON.stringify({
        error: { errorType: "Runtime.ExitError", errorMessage: "Runtime exited without providing a reason" },
      }),
    );
});
process.on("uncaughtException", fail);
process.on("unhandledRejection", (reason) => {
  fail(new RuntimeError("UnhandledPromiseRejection", String(reason)));
});
main().catch(fail);
