import { ConfigurationError, formatProblem, type Problem } from "../../config/problems";
import { models } from "../../pipelines";
import { NameClashError } from "../../stacks/name-claims";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { exitCodes } from "../errors";

export const addValidate: AddCommand = (parent, act) => {
  documented(parent, "validate", {
    summary: "Check the environment files and list every problem in them",
    details:
      "Builds the stacks, too, and lists every physical name that two resources claim. Exits with 2 if there is a problem. " +
      "Asks AWS nothing.",
    examples: ["validate", "validate --json", "validate --environments ../other-estate"],
  }).action(act((context) => Promise.resolve(validate(context))));
};

function validate(context: Context): Answer {
  try {
    const { estate } = context;
    const environments = estate.environments.map(({ name }) => name);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- cdktf, loaded only once the files have no problem
    const { checkStacks } = require("../../stacks/synthesise") as typeof import("../../stacks/synthesise");
    checkStacks({ estate, models });
    const text = `${count(environments.length, "environment")} valid: ${environments.join(", ")}`;
    return { json: { valid: true, environments, problems: [] }, text };
  } catch (error) {
    if (error instanceof ConfigurationError) return refusal(context, error.problems);
    if (error instanceof NameClashError) return refuseClashes(context, error);
    throw error;
  }
}

/** Problems are for people to read on standard error, where `--json` does not have them as data. */
function refusal({ json, err }: Context, problems: readonly Problem[]): Answer {
  if (!json) {
    for (const problem of problems) err.print(err.paint("red", formatProblem(problem)));
    err.print(count(problems.length, "problem"));
  }
  return { json: { valid: false, environments: [], problems }, text: "", code: exitCodes.usage };
}

function refuseClashes({ json, err }: Context, { clashes, message }: NameClashError): Answer {
  if (!json) err.print(err.paint("red", message));
  const claims = clashes.map((all) => all.map(({ name, stack, address }) => ({ name, stack, address })));
  return {
    json: { valid: false, environments: [], problems: [], clashes: claims },
    text: "",
    code: exitCodes.usage,
  };
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
