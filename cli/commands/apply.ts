import { unconfirmed } from "../../deploy/estate/mail";
import { applyEstate, type ApplyOutcome } from "../../deploy/plans/apply-estate";
import { plannedOf } from "../../deploy/plans/check-plans";
import { Refusal } from "../../deploy/estate/refusal";
import { requireAccounts } from "../../deploy/estate/select-stacks";
import { hasChanges } from "../../deploy/plans/manifest/schema";
import { printable } from "../../deploy/plans/render/printable";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { variable } from "../../tools/variable";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { removedStacks, withSynthesisedStacks } from "../estate/stack-session";
import { UsageError } from "../errors";
import { accountsOption, approvalIn, digestOption, gather, type ApprovalOptions } from "../options";
import { answerApply } from "../plans/apply-answer";

interface ApplyOptions extends ApprovalOptions {
  readonly from?: string;
  readonly allowDestroy?: readonly string[];
  readonly account?: readonly string[];
  readonly digest?: string;
}

export const addApply: AddCommand = (parent, act) => {
  documented(parent, "apply", {
    summary: "Apply exactly the plans that mlops plan --out saved",
    details:
      "Refused, with all that differs, unless commit, lock files, synthesised files, versions, saved plans and the " +
      "state of each stack are those of the plan; unless the saved plans hold the configuration that is synthesised here and do what their " +
      "manifest says; and unless each resource that holds data and would be destroyed or replaced is allowed by its address. " +
      "With --approvers, what needs approval needs one of them, who wrote none of it. " +
      "A second run over the same folder does only what is left. What was applied goes on record beside each stack's state.",
    examples: [
      "apply --from plan",
      "apply --from plan --account 222222222222",
      "apply --from plan --digest 0f343b0931126a20f133d67c2b018a3b5e1ff2b1c0fa8e1f5e5f8b2f9d8b7c6a",
      "apply --from plan --approvers alice:alice@example.com,bob:bob@example.com --approved-by bob",
      "apply --from plan --allow-destroy aws_s3_bucket.data_bucket_1A2B3C4D",
    ],
  })
    .option("--from <dir>", "folder of the saved plans")
    .option("--allow-destroy <address>", "let this resource and what it holds go; may be repeated", gather)
    .option(
      "--account <id>",
      "refuse unless every plan is of one of these accounts, several with commas",
      accountsOption,
    )
    .option(
      "--digest <sha256>",
      "refuse any plans but those for which mlops plan --out said this",
      digestOption,
    )
    .option(
      "--approvers <list>",
      "who may approve, each with the addresses they commit with, as a CI server knows",
    )
    .option("--approved-by <id>", "who of them did")
    .action(act(apply));
};

/** Outcomes after which a stack stands. Local AWS sends no mail that somebody could confirm. */
const applied = new Set<ApplyOutcome["outcome"]>(["applied", "before", "unchanged"]);

async function apply(context: Context, options: ApplyOptions): Promise<Answer> {
  const { from, allowDestroy = [], account } = options;
  if (from === undefined)
    throw new UsageError("Which plans? --from DIR, the folder that mlops plan --out wrote");
  const folder = new PlanFolder(context.path(from));
  const approval = approvalIn(options);
  const { manifest, digest } = folder.read(options.digest);
  const inCode = listStacks(context.estate, models);
  const ids = manifest.stacks.map(({ id }) => id);
  const all = [...inCode, ...(await removedStacks(context, inCode, { ids, removed: "by id" }))];
  const planned = plannedOf(manifest, all);
  const stacks = planned.flatMap(({ stack }) => stack ?? []);
  requireAccounts(stacks, account);
  if (!manifest.stacks.some(hasChanges)) return { json: { stacks: [] }, text: "Nothing is pending" };
  if (stacks.length === 0)
    throw new Refusal("Nothing was applied", [
      "the estate has none of the stacks that were planned any more",
    ]);
  return withSynthesisedStacks(
    context,
    { ids: stacks.map(({ id }) => id), removed: "by id" },
    async (session) => {
      const { runs, accounts, runner, signal } = session;
      if (approval?.approvedBy !== undefined)
        context.err.print(
          `Approval by ${printable(approval.approvedBy)} for the plans with the digest ${digest}`,
        );
      const outcomes = await applyEstate({
        runs,
        accounts,
        folder,
        runner,
        manifest,
        planned,
        allowed: allowDestroy,
        digest,
        approval,
        build: variable("BUILD_URL"),
      });
      const standing = stacks.filter(({ id }) =>
        outcomes.some(({ stack, outcome }) => stack === id && applied.has(outcome)),
      );
      const unheard = (await context.isLocal()) ? [] : await unconfirmed(context.estate, accounts, standing);
      return answerApply(context, outcomes, signal.aborted, unheard);
    },
  );
}
