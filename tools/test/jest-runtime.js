// How Jest loads modules in this repository: our own files anew for every test file, as ever, but packages once per
// worker, by Node.js itself. cdktf, the AWS SDK and zod take longer to load than most test files to run (ADR 22).
//
// What follows from it: a test that changes a package (a patched prototype, say) puts it back, which is done here for
// AWS clients that aws-sdk-client-mock has replaced; jest.mock() reaches our own files only; packages that exist only as
// ES modules need no transpiling.
"use strict";

const { createRequire, isBuiltin } = require("node:module");
const { isAbsolute } = require("node:path");
const { isNativeError } = require("node:util").types;
const { default: Runtime } = require("jest-runtime"); // comes with jest, at its version

/** What aws-sdk-client-mock replaces clients' methods with. */
const sinon = require.resolve("sinon");

/** Jest's own modules, which know the test file that asks for them. */
const ofJest = ["@jest/globals", "expect"];

const isPackage = (name) =>
  !name.startsWith(".") && !isAbsolute(name) && !isBuiltin(name) && !ofJest.includes(name);

// Test files run in a context whose engine throws errors of its own; they are `instanceof Error` here as well.
Object.defineProperty(Error, Symbol.hasInstance, {
  value(thing) {
    const inherits = Function.prototype[Symbol.hasInstance].call(this, thing);
    return inherits || (this === Error && isNativeError(thing));
  },
});

module.exports = class extends Runtime {
  #variables = { ...process.env };

  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    // What tests share with the packages: classes that these ask for, and the variables that both read and set.
    Object.assign(environment.global, { Error, Date });
    environment.global.process.env = process.env;
  }

  requireModuleOrMock(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }

  teardown() {
    require.cache[sinon]?.exports.restore();
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    super.teardown();
  }
};
