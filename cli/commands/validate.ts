import { ConfigurationError, formatProblem, type Problem } from "../../config/problems";
import { models } from "../../pipelines";
import { needsOfRunsIn } from "../../stacks/asked-for";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import { describeNeeds } from "../needs-of-runs";

export const addValidate: AddCommand = (parent, act) => {
  documented(parent, "validate", {
    summary: "Check the environment files and list every problem in them",
    details:
      "Builds the models' pipelines as well, and says what their steps need that only a run knows, with how far their roles may. " +
      "Exits with 2 if there is a problem. Asks AWS nothing.",
    examples: ["validate", "validate --json", "validate --environments ../other-estate"],
  }).action(act((context) => Promise.resolve(validate(context))));
};

function validate(context: Context): Answer {
  try {
    const environments = context.estate.environments.map(({ name }) => name);
    const needs = needsOfRunsIn(context.estate, models);
    const text = `${count(environments.length, "environment")} valid: ${environments.join(", ")}`;
    return {
      json: { valid: true, environments, problems: [], needsOfRuns: needs },
      text: [text, ...describeNeeds(needs)].join("\n"),
    };
  } catch (error) {
    if (error instanceof ConfigurationError) return refusal(context, error.problems);
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

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
