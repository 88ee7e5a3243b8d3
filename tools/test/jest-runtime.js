// How Jest loads modules in this repository: our own files anew for every test file, as ever, but packages once per
// worker, by Node.js itself. cdktf, the AWS SDK and zod take longer to load than most test files to run (ADR 22). What is
// loaded anew, Jest's own modules among it, is compiled once per worker all the same.
//
// What follows from it: a test that changes a package (a patched prototype, say) puts it back, which is done here for
// AWS clients that aws-sdk-client-mock has replaced; jest.mock() reaches our own files only; packages that exist only as
// ES modules need no transpiling.
"use strict";

const hooks = require("node:async_hooks");
const { createRequire, isBuiltin } = require("node:module");
const { isAbsolute } = require("node:path");
const { isNativeError } = require("node:util").types;
const { Script } = require("node:vm");
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

/** Made since the last test file ended. jest-circus makes one for each, and every promise costs a little more for each. */
const storages = new Set();

hooks.AsyncLocalStorage = class extends hooks.AsyncLocalStorage {
  constructor(...options) {
    super(...options);
    storages.add(this);
  }
};

/** Compiled modules by file: each runs in the context of every test file that asks for it. */
const scripts = new Map();

/** A module's text as a script that gives a function of these parameters; places in it are those in the text. */
function scriptOf(text, filename, parameters) {
  const opening = `(function(${parameters.join()}){`;
  const known = scripts.get(filename);
  if (known?.opening === opening && known.text === text) return known.script;
  const script = new Script(`${opening}${text}\n})`, { filename, columnOffset: -opening.length });
  scripts.set(filename, { opening, text, script });
  return script;
}

module.exports = class extends Runtime {
  #variables = { ...process.env };

  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    // What tests share with the packages: classes that these ask for, and the variables that both read and set.
    Object.assign(environment.global, { Error, Date });
    environment.global.process.env = process.env;
    this.#compileOnce(environment);
  }

  /** Jest compiles each module again for every test file; a text that is wrong is left to it, for its message. */
  #compileOnce(environment) {
    const { executor } = this;
    const compile = executor.compile.bind(executor);
    executor.compile = (text, filename) => {
      const context = environment.getVmContext();
      if (context === null) return null;
      try {
        return scriptOf(text, filename, executor.injectedModuleParameters).runInContext(context);
      } catch {
        return compile(text, filename);
      }
    };
  }

  requireModuleOrMock(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }

  teardown() {
    require.cache[sinon]?.exports.restore();
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    for (const storage of storages) storage.disable(); // until it is used again
    storages.clear();
    super.teardown();
  }
};
