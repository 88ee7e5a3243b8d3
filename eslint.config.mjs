import js from "@eslint/js";
import tseslint from "typescript-eslint";

const barrel = {
  name: "@cdktf/provider-aws",
  message: "Import the one binding (@cdktf/provider-aws/lib/kms-key): the barrel costs seconds (ADR 3).",
};

const cdk = ["cdktf", "@cdktf/**", "constructs"];

/** Imports point one way (docs/adr/0009): what each folder may import, beside itself. */
const mayImport = {
  core: [],
  tools: [],
  lambdas: ["core"],
  config: ["core"],
  pipelines: ["core", "tools"],
  templates: ["core", "tools"],
  modules: ["core", "tools"],
  stacks: ["core", "tools", "config", "pipelines", "templates", "modules"],
  audit: ["core", "config"],
  operate: ["core", "tools", "pipelines"],
  deploy: ["core", "tools", "config", "pipelines", "stacks", "operate"],
  jenkins: ["core", "tools", "config", "pipelines", "stacks", "deploy"],
  cli: ["core", "tools", "config", "pipelines", "stacks", "audit", "operate", "deploy"],
  emulator: ["core", "tools", "audit"],
  demo: ["core", "tools", "config", "pipelines", "stacks", "operate", "deploy", "emulator"],
};
/** Nothing imports these. */
const topmost = ["bench", "test"];
const folders = [...Object.keys(mayImport), ...topmost];
/** Tests of a model, which are copied along with its folder, import what other tests may. */
const testsOfModels = ["pipelines/*/test/**"];
/** Only these build Terraform. */
const onCdktf = ["modules", "stacks"];

const layer = ([folder, allowed]) => {
  const forbidden = folders.filter((other) => other !== folder && !allowed.includes(other));
  const group = [
    ...forbidden.flatMap((name) => [`../**/${name}/**`, `../${name}/**`, `../**/${name}`, `../${name}`]),
    ...(onCdktf.includes(folder) ? [] : cdk),
    ...(allowed.includes("emulator") ? ["!../emulator/jenkins"] : []), // which is not the folder of that name
  ];
  return {
    files: [`${folder}/**/*.ts`],
    ignores: testsOfModels,
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [barrel],
          patterns: [{ group, message: `${folder}/ may not import this (docs/adr/0009).` }],
        },
      ],
    },
  };
};

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
  // A kind loads its constructs, and cdktf with them, only where stacks are made (ADR 23).
  { files: ["stacks/kinds/*/index.ts"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  ...Object.entries(mayImport).map(layer),
);
