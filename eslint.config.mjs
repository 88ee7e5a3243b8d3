import js from "@eslint/js";
import tseslint from "typescript-eslint";

const barrel = {
  name: "@cdktf/provider-aws",
  message: "Import the one binding (@cdktf/provider-aws/lib/kms-key): the barrel costs seconds (ADR 3).",
};

/** Imports point one way (docs/adr/0009): each folder may not import what stands to its right. */
const above = {
  pipelines: [
    "cdktf",
    "@cdktf/**",
    "constructs",
    "config",
    "modules",
    "stacks",
    "deploy",
    "cli",
    "sandbox",
    "bench",
  ],
  config: ["cdktf", "@cdktf/**", "constructs", "modules", "stacks", "deploy", "cli", "sandbox", "bench"],
  modules: ["stacks", "deploy", "cli", "sandbox", "bench"],
  stacks: ["deploy", "cli", "sandbox", "bench"],
  deploy: ["cli", "sandbox", "jenkins", "bench"],
  jenkins: ["cli", "sandbox", "bench"],
  lambdas: [
    "cdktf",
    "@cdktf/**",
    "config",
    "modules",
    "stacks",
    "pipelines",
    "deploy",
    "cli",
    "sandbox",
    "bench",
  ],
};
const folders = new Set([
  "config",
  "modules",
  "stacks",
  "pipelines",
  "deploy",
  "cli",
  "sandbox",
  "jenkins",
  "bench",
]);
const toPattern = (name) => (folders.has(name) ? [`../**/${name}/**`, `../${name}/**`] : [name]);

const layer = ([folder, forbidden]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [barrel],
        patterns: [
          { group: forbidden.flatMap(toPattern), message: `${folder}/ may not import this (docs/adr/0009).` },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", ".cache", "coverage", "**/*.js", "**/*.mjs"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-imports": ["error", { paths: [barrel] }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 200, skipBlankLines: false, skipComments: false }],
    },
  },
  { files: ["stacks/**/*.ts", "modules/**/*.ts"], rules: { "no-new": "off" } },
  ...Object.entries(above).map(layer),
);
