import { call, error, js, result, type Call } from "./support/call";

test.each<readonly [string, Call, object]>([
  ["an .mjs file", { files: { "index.mjs": "export const handler = async ({ n }) => n + 1;" } }, result(3)],
  ["a .cjs file", { files: { "index.cjs": "exports.handler = async ({ n }) => n + 1;" } }, result(3)],
  [
    "a module by package.json",
    {
      files: {
        "package.json": '{"type": "module"}',
        "index.js": "export const handler = async ({ n }) => n + 1;",
      },
    },
    result(3),
  ],
  [
    "a module that awaits at its top",
    {
      files: {
        "index.mjs": "const one = await Promise.resolve(1); export const handler = async ({ n }) => n + one;",
      },
    },
    result(3),
  ],
  [
    "the AWS SDK imported by a module",
    {
      files: {
        "index.mjs":
          'import { STSClient } from "@aws-sdk/client-sts"; export const handler = async () => typeof STSClient;',
      },
    },
    result("function"),
  ],
  [
    "a handler in a folder, below an object",
    { files: { "src/app.js": "exports.api = { ask: async ({ n }) => n + 1 };" }, handler: "src/app.api.ask" },
    result(3),
  ],
  [
    "a handler in a package",
    {
      files: { "node_modules/kit/index.js": "exports.handler = async ({ n }) => n + 1;" },
      handler: "kit.handler",
    },
    result(3),
  ],
  [
    "module syntax in a .js file of no package",
    js("export const handler = async () => 1;"),
    error("Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected token 'export'"),
  ],
  [
    "no such file",
    { files: {} },
    error("Runtime.ImportModuleError", expect.stringContaining("Cannot find module 'index'")),
  ],
  [
    "a package that is not there",
    js("require('nowhere');"),
    error("Runtime.ImportModuleError", expect.stringContaining("Cannot find module 'nowhere'")),
  ],
  [
    "no such export",
    js("exports.other = 1;"),
    error("Runtime.HandlerNotFound", "index.handler is undefined or not exported"),
  ],
  [
    "an export that is no function",
    js("exports.handler = 1;"),
    error("Runtime.HandlerNotFound", "index.handler is not a function"),
  ],
  [
    "a name without a dot",
    { ...js(""), handler: "handler" },
    error("Runtime.MalformedHandlerName", "Bad handler"),
  ],
  [
    "a name that leads out",
    { ...js(""), handler: "../index.handler" },
    error(
      "Runtime.MalformedHandlerName",
      expect.stringContaining("'../index.handler' is not a valid handler name"),
    ),
  ],
])("a handler is found in %s", (_, given, expected) => {
  expect(call(given)).toMatchObject({ told: expected, status: 0 });
});
