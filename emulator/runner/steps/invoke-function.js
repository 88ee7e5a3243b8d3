// What Lambda's runtime does: node invoke-function.js FOLDER HANDLER EVENT-FILE ANSWER-FILE
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const [folder, handler, eventFile, answerFile] = process.argv.slice(2);

async function invoke() {
  const dot = handler.lastIndexOf(".");
  const [module, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const file = [".js", ".mjs", ".cjs"].map((ending) => join(folder, module + ending)).find(existsSync);
  if (!file) throw new Error(`Cannot find module '${module}'`);
  const exported = await import(pathToFileURL(file).href);
  const run = exported[name] ?? exported.default?.[name];
  if (!run) throw new Error(`${handler} is undefined or not exported`);
  const context = { functionName: process.env.AWS_LAMBDA_FUNCTION_NAME };
  return run(JSON.parse(readFileSync(eventFile, "utf8")), context);
}

/** Nothing that the handler left open holds the process, as nothing holds Lambda's answer. */
function answer(content) {
  writeFileSync(answerFile, JSON.stringify(content));
  process.exit(0);
}

// As Lambda does for a promise that nothing will ever keep.
process.once("exit", (code) => {
  if (code === 0 && !existsSync(answerFile)) writeFileSync(answerFile, JSON.stringify({ result: null }));
});

invoke().then(
  (result) => answer({ result }),
  (error) =>
    answer({ error: { errorType: error?.name ?? "Error", errorMessage: error?.message ?? String(error) } }),
);
