#!/usr/bin/env node
// `npx mlops`: hands over to the TypeScript program, wherever it is called from.
"use strict";

const { join } = require("node:path");

const root = join(__dirname, "..");

function requireSetUp() {
  try {
    require.resolve("ts-node");
    require.resolve("commander");
  } catch {
    process.stderr.write(`The npm packages are not installed: run npm run setup in ${root}\n`);
    process.exit(1);
  }
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"; // package.json says which Node.js we support
requireSetUp();
require("../tools/compile/require-program").requireProgram(require.resolve("./main.ts"));
