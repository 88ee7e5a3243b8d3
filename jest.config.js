/** @param {string} name @param {string[]} testMatch */
const project = (name, testMatch) => ({
  displayName: name,
  testEnvironment: "node",
  testMatch,
  // Packages are loaded once per worker instead of once per test file.
  runtime: "<rootDir>/tools/test/jest-runtime.js",
  transform: { "^.+\\.[tj]s$": "@swc/jest" },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
});

module.exports = {
  // Machines that build many things at once are slow; a test that hangs is noticed all the same.
  testTimeout: 30_000,
  projects: [
    project("unit", ["<rootDir>/test/unit/**/*.test.ts"]),
    project("runner", ["<rootDir>/test/runner/**/*.test.ts"]),
    project("jenkins", ["<rootDir>/test/jenkins/**/*.test.ts"]),
    project("faults", ["<rootDir>/test/faults/**/*.test.ts"]),
    project("terraform", ["<rootDir>/test/terraform/**/*.test.ts"]),
  ],
};
