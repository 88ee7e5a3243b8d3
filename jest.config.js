/** Models of the tests' own; the repository's are whoever's who forks it. */
const ownModels = { "^(\\.\\./)+pipelines$": "<rootDir>/test/fixtures/models.ts" };

/** @param {string} name @param {string[]} folders that hold its tests @param {object} [more] */
const project = (name, folders, more) => ({
  displayName: name,
  testEnvironment: "node",
  // Folders, not patterns, in which brackets of the path to this repository would mean something.
  roots: folders.map((folder) => `<rootDir>/${folder}`),
  testMatch: ["**/*.test.ts"],
  // Packages are loaded once per worker instead of once per test file.
  runtime: "<rootDir>/tools/test/jest-runtime.js",
  transform: { "^.+\\.[tj]s$": "@swc/jest" },
  moduleNameMapper: {
    ...ownModels,
    "^\\./seed-folders$": "<rootDir>/test/fixtures/seed-folders.ts",
  },
  ...more,
});

/** What is made once for a whole run; each test file works in a copy of it. @param {string} name */
const prepared = (name) => ({
  globalSetup: `<rootDir>/test/support/prepared/${name}.ts`,
  globalTeardown: `<rootDir>/test/support/prepared/${name}-stop.ts`,
});

module.exports = {
  // Only a hang lasts as long: a machine that does many things at once may be twenty times slower.
  testTimeout: 600_000,
  projects: [
    project("unit", ["test/unit"]),
    project("models", ["test/models", "pipelines"], { moduleNameMapper: {} }),
    project("runner", ["test/runner"], prepared("local-aws")),
    project("jenkins", ["test/jenkins", "test/gitlab"]),
    project("faults", ["test/faults"], prepared("local-aws")),
    project("fork", ["test/fork"]),
    project("sdk", ["test/sdk", "pipelines"], {
      testMatch: ["**/test/sdk/*.test.ts", "**/test/rendered.test.ts"],
    }),
    project("terraform", ["test/terraform"]),
    // Projects that are made there are begun with the seeds that ship.
    project("estate", ["test/estate"], { ...prepared("estate"), moduleNameMapper: ownModels }),
  ],
};
