import type { NextStep } from "../../init/next-steps";
import { describeSteps } from "../../init/describe";
import { tableOf } from "../../table";
import type { ImportedDefinition } from "./imported";

/** What came of an import, for people. */
export function describeImport(
  { pipeline, file, values, sameBytes, remarks }: ImportedDefinition,
  written: readonly string[],
  next: readonly NextStep[],
): string {
  const stood = Object.entries(values).map(([name, value]) => [`  ${name}`, value]);
  return [
    ...written,
    "",
    `${pipeline} (${file.name}) is rendered ${sameBytes ? "as it was, to the byte" : "otherwise than it was: see below"}, where the context's values are`,
    ...tableOf(stood),
    ...(remarks.length > 0 ? ["", "To know:", ...remarks.map((remark) => `  ${remark}`)] : []),
    "",
    "Next:",
    ...describeSteps(next),
  ].join("\n");
}

/** The way from an imported folder to a pipeline that is deployed. */
export function stepsAfterImport(
  model: string,
  pipeline: string,
  environments: readonly string[],
): NextStep[] {
  const [environment] = environments;
  const deployed = environment ?? "ENV";
  return [
    ...(environment === undefined
      ? [{ command: `"${model}": {}`, purpose: "under models of an environment's file; then:" }]
      : []),
    { command: "npx mlops validate", purpose: "what the files say, with the new model" },
    { command: `git add . && git commit`, purpose: "a plan is of a commit" },
    { command: `npx mlops plan --affected HEAD~1`, purpose: "its roles, and the pipeline" },
    {
      command: `npx mlops pipelines diff ${deployed} ${model}-${pipeline}`,
      purpose: "against what is deployed",
    },
  ];
}
