// ESM-only packages that the code under test imports; Jest runs CommonJS, so they are transpiled too.
const esm = ["execa", "listr2"];

/** @param {string} name @param {string[]} testMatch */
const project = (name, testMatch, extra = {}) => ({
  displayName: name,
  testEnvironment: "node",
  testMatch,
  transform: { "^.+\\.[tj]s$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join("|")})/)`],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
  ...extra,
});

module.exports = {
  projects: [
    project("unit", ["<rootDir>/test/unit/**/*.test.ts"]),
    project("terraform", ["<rootDir>/test/terraform/**/*.test.ts"]),
  ],
};
