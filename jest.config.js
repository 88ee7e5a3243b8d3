/** @param {string} name @param {string[]} testMatch @param {object} [more] */
const project = (name, testMatch, more) => ({
  displayName: name,
  testEnvironment: "node",
  testMatch,
  // Packages are loaded once per worker instead of once per test file.
  runtime: "<rootDir>/tools/test/jest-runtime.js",
  transform: { "^.+\\.[tj]s$": "@swc/jest" },
  moduleNameMapper: { "^(\\.\\./)+pipelines$": "<rootDir>/test/fixtures/models.ts" },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
  ...more,
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
    project("models", ["<rootDir>/{test/models,pipelines/*/test}/**/*.test.ts"], { moduleNameMapper: {} }),
    project("runner", ["<rootDir>/test/runner/**/*.test.ts"], prepared("local-aws")),
    project("jenkins", ["<rootDir>/test/jenkins/**/*.test.ts"]),
    project("faults", ["<rootDir>/test/faults/**/*.test.ts"], prepared("local-aws")),
    project("fork", ["<rootDir>/test/fork/**/*.test.ts"]),
    project("terraform", ["<rootDir>/test/terraform/**/*.test.ts"]),
    project("estate", ["<rootDir>/test/estate/**/*.test.ts"], prepared("estate")),
  ],
};
