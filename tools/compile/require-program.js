"use strict";

/** Bad configuration or usage, as every command's exit code says it. */
const usage = 2;

/** Loads a TypeScript program; a model whose own code fails is told in one line, without a stack trace. */
function requireProgram(path) {
  require("./register");
  try {
    return require(path);
  } catch (error) {
    if (error?.name !== "ModelError") throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(usage);
  }
}

module.exports = { requireProgram };
