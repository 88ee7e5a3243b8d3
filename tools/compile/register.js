// `node --require ./tools/compile/register.js FILE.ts`: ts-node that remembers. What ts-node makes of a file is kept in
// .cache/compiled, so that only files that changed are compiled (ADR 2).
"use strict";

const { readFileSync } = require("node:fs");
const module_ = require("node:module");
const { basename, dirname, join } = require("node:path");
const { fileURLToPath } = require("node:url");
const { ensureHome } = require("../setup/home");
const { CompileCache, digest } = require("./cache");

const root = join(__dirname, "../..");
const folder = join(root, ".cache/compiled");

/** Whatever changes what ts-node makes of a text. */
const settings = digest(
  ...["tsconfig.json", ".swcrc", "tools/compile/transpiler.js"].map((name) =>
    readFileSync(join(root, name), "utf8"),
  ),
  ...["ts-node", "@swc/core", "typescript"].map((name) => require(`${name}/package.json`).version),
);
const cache = new CompileCache(folder);
/** Compiled text by file, with its source map. */
const compiled = new Map();
let tsNode;

/** @returns JavaScript with its source map inside, whose one source is relative to the file @throws TSError, or SWC's own */
function compile(source, file) {
  tsNode ??= require("ts-node").create({ cwd: root });
  const [code, map] = tsNode.compile(source, file).split(/(?<=\n\/\/# sourceMappingURL=.*;base64,)(?=\S+$)/);
  const content = JSON.parse(Buffer.from(map, "base64").toString());
  const relative = JSON.stringify({ ...content, file: undefined, sources: [basename(file)] });
  return code + Buffer.from(relative).toString("base64");
}

require.extensions[".ts"] = (module, file) => {
  const source = readFileSync(file, "utf8");
  const output = cache.get(digest(settings, basename(file), source), () => compile(source, file));
  compiled.set(file, output);
  module._compile(output, file);
};

/** Stack traces show lines of the TypeScript, by the library that ts-node does it with. */
function mapStackTraces() {
  const besideTsNode = { paths: [dirname(require.resolve("ts-node"))] };
  require(require.resolve("@cspotcode/source-map-support", besideTsNode)).install({
    environment: "node",
    retrieveFile: (path) => compiled.get(path.startsWith("file:") ? fileURLToPath(path) : path) ?? "",
  });
}

ensureHome();
mapStackTraces();
module_.enableCompileCache?.(join(folder, "v8")); // Node.js 22 and later keep what V8 makes of all code
