import type { Applier } from "../../../stacks/kind";
import { documented, type AddCommand } from "../../command";
import { planForApproval } from "../../endpoints/plan-release";
import { findEndpoint } from "../../endpoints/target";
import { candidateOf } from "../../endpoints/version";
import { applierOption } from "../../options";

interface Options {
  readonly appliedBy?: Applier;
  readonly out: string;
}

export const addPlan: AddCommand = (parent, act) => {
  documented(parent, "plan", {
    summary: "Plan the release of a version, for somebody to approve",
    details:
      "Saves what mlops endpoints deploy --from then applies, and beside it question.txt: the version, how good it is, what serves now. " +
      "Exits with 0 where that version serves and is recorded, with 3 where there is something to release.",
    examples: ["endpoints plan prod mammo-severity 2 --applied-by ci --out release"],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("<version>", "number, or ARN of its model package")
    .option(
      "--applied-by <who>",
      "who releases: administrator (default), or ci by its deploy roles",
      applierOption,
    )
    .requiredOption("--out <dir>", "folder for the saved plan, its manifest, plan.md and question.txt")
    .action(
      act(async (context, env: string, model: string, version: string, { appliedBy, out }: Options) => {
        const target = await findEndpoint(context, env, model, appliedBy);
        return planForApproval(context, target, await candidateOf(context, target, version), out);
      }),
    );
};
