// Packages that exist only as ES modules: the graph layout, execa and listr2, with what they are made of. Jest runs
// CommonJS, so they are transpiled like our own code.
const esm = [
  "@hpcc-js/wasm-graphviz",
  "execa",
  "@sec-ant/readable-stream",
  "@sindresorhus/merge-streams",
  "ansi-escapes",
  "ansi-regex",
  "ansi-styles",
  "cli-cursor",
  "cli-truncate",
  "colorette",
  "environment",
  "figures",
  "get-east-asian-width",
  "get-stream",
  "human-signals",
  "is-fullwidth-code-point",
  "is-plain-obj",
  "is-stream",
  "is-unicode-supported",
  "listr2",
  "log-update",
  "mimic-function",
  "npm-run-path",
  "onetime",
  "parse-ms",
  "path-key",
  "pretty-ms",
  "restore-cursor",
  "slice-ansi",
  "string-width",
  "strip-ansi",
  "strip-final-newline",
  "unicorn-magic",
  "wrap-ansi",
  "yoctocolors",
];

/** @param {string} name @param {string[]} testMatch @param {object} [prepared] */
const project = (name, testMatch, prepared) => ({
  displayName: name,
  testEnvironment: "node",
  testMatch,
  transform: { "^.+\\.[tj]s$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join("|")})/)`],
  // unicorn-magic offers its Node.js half under a condition that Jest's resolver does not know.
  moduleNameMapper: { "^unicorn-magic$": "<rootDir>/node_modules/unicorn-magic/node.js" },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
  ...prepared,
});

/** What is made once for a whole run; each test file works in a copy of it. @param {string} name */
const prepared = (name) => ({
  globalSetup: `<rootDir>/test/support/prepared/${name}.ts`,
  globalTeardown: `<rootDir>/test/support/prepared/${name}-stop.ts`,
});

module.exports = {
  // Machines that build many things at once are slow; a test that hangs is noticed all the same.
  testTimeout: 30_000,
  projects: [
    project("unit", ["<rootDir>/test/unit/**/*.test.ts"]),
    project("runner", ["<rootDir>/test/runner/**/*.test.ts"], prepared("local-aws")),
    project("jenkins", ["<rootDir>/test/jenkins/**/*.test.ts"]),
    project("faults", ["<rootDir>/test/faults/**/*.test.ts"], prepared("local-aws")),
    project("terraform", ["<rootDir>/test/terraform/**/*.test.ts"]),
    project("estate", ["<rootDir>/test/estate/**/*.test.ts"], prepared("estate")),
  ],
};
