const { existsSync, readFileSync } = require("node:fs");
const { basename, dirname, join, resolve } = require("node:path");
const { pathToFileURL } = require("node:url");

/** An error of the runtime itself, by its name there. */
class RuntimeError extends Error {
  constructor(kind, message) {
    super(message);
    this.name = `Runtime.${kind}`;
  }
}
exports.RuntimeError = RuntimeError;

/** Marks a handler that `awslambda.streamifyResponse` has wrapped. */
const streaming = Symbol.for("aws.lambda.runtime.handler.streaming");
exports.streaming = streaming;

/**
 * The function that `module.path.to.handler` names, in a module of any of the kinds that Lambda loads.
 * @param root the function's folder, absolute
 * @throws RuntimeError of Lambda's own kinds and words
 */
exports.loadHandler = async (root, name) => {
  const [, module, path] = /^([^.]*)\.(.*)$/.exec(basename(name)) ?? [];
  if (name.includes(".."))
    throw new RuntimeError(
      "MalformedHandlerName",
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  if (!module) throw new RuntimeError("MalformedHandlerName", "Bad handler");
  const loaded = await load(root, resolve(root, dirname(name), module), module);
  const handler = path.split(".").reduce((object, key) => object?.[key], loaded);
  if (!handler) throw new RuntimeError("HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw new RuntimeError("HandlerNotFound", `${name} is not a function`);
  return handler;
};

async function load(root, file, module) {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [streaming]: "response" }),
    HttpResponseStream: { from: (stream) => stream },
  };
  try {
    return await loadFile(root, file, module);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError("UserCodeSyntaxError", String(error));
    if (error?.code === "MODULE_NOT_FOUND") throw new RuntimeError("ImportModuleError", String(error));
    throw error;
  }
}

/** In Lambda's order: as it is, .js (by the nearest package.json's type), .mjs, .cjs, then a package. */
function loadFile(root, file, module) {
  if (existsSync(file)) return require(file);
  if (existsSync(`${file}.js`))
    return isModuleFolder(root, dirname(file)) ? imported(`${file}.js`) : require(`${file}.js`);
  if (existsSync(`${file}.mjs`)) return imported(`${file}.mjs`);
  if (existsSync(`${file}.cjs`)) return require(`${file}.cjs`);
  return require(require.resolve(module, { paths: [root, dirname(file)] }));
}

const imported = (file) => import(pathToFileURL(file).href);

/** Whether a package.json says that .js files are ES modules; there is none above the function's folder. */
function isModuleFolder(root, folder) {
  const file = join(folder, "package.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).type === "module";
  return folder !== root && folder.startsWith(root) && isModuleFolder(root, dirname(folder));
}
