import { PlanFolder } from "../../../deploy/plans/plan-folder";
import type { SavedRelease } from "../../../deploy/releases/release";
import type { Applier } from "../../../stacks/kind";
import { variable } from "../../../tools/variable";
import { documented, type AddCommand } from "../../command";
import type { Context } from "../../context";
import { runRelease } from "../../endpoints/run-release";
import { findEndpoint } from "../../endpoints/target";
import { candidateOf } from "../../endpoints/version";
import { approvalIn, applierOption, digestOption, type ApprovalOptions } from "../../options";

interface Options extends ApprovalOptions {
  readonly yes?: string;
  readonly appliedBy?: Applier;
  readonly from?: string;
  readonly digest?: string;
}

export const addDeploy: AddCommand = (parent, act) => {
  documented(parent, "deploy", {
    summary: "Release a version to an endpoint: plan, apply, see that it serves, test it, record it",
    details:
      "Without a version: the one that serves, with the settings that the environment's file has now. " +
      "A version is released that is approved and tested: by invocations over the rows that it was evaluated on, which must score as well as " +
      "they did. Whatever fails is taken back, and exits with 1; what served goes on all the while. " +
      "With --from, exactly the plan that mlops endpoints plan --out saved is applied, under the rules of mlops apply.",
    examples: [
      "endpoints deploy prod mammo-severity 2",
      "endpoints deploy prod mammo-severity 2 --yes prod-mammo-severity-endpoint",
      "endpoints deploy prod mammo-severity 2 --applied-by ci --from release --approvers alice:alice@example.com --approved-by alice",
    ],
  })
    .argument("<env>", "environment that serves the model")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("[version]", "number, or ARN of its model package")
    .option("--yes <stack>", "the endpoint's stack, instead of typing its id when asked")
    .option(
      "--applied-by <who>",
      "who releases: administrator (default), or ci by its deploy roles",
      applierOption,
    )
    .option("--from <dir>", "folder of the plan that was saved for this version")
    .option(
      "--digest <sha256>",
      "refuse any plan but that for which mlops endpoints plan said this",
      digestOption,
    )
    .option(
      "--approvers <list>",
      "who may approve, each with the addresses they commit with, as a CI server knows",
    )
    .option("--approved-by <id>", "who of them did")
    .action(
      act(async (context, env: string, model: string, version: string | undefined, options: Options) => {
        const saved = savedIn(context, options);
        const target = await findEndpoint(context, env, model, options.appliedBy);
        const { release } = await candidateOf(context, target, version);
        return runRelease(context, target, release, { yes: options.yes, saved });
      }),
    );
};

function savedIn(context: Context, { from, digest, ...options }: Options): SavedRelease | undefined {
  if (from === undefined) return undefined;
  const folder = new PlanFolder(context.path(from));
  return { folder, ...folder.read(digest), approval: approvalIn(options), build: variable("BUILD_URL") };
}
