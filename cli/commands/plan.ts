import { writeFileSync } from "node:fs";
import { affectedStacks, type Affected } from "../../deploy/affected";
import { appliers, type Applier } from "../../stacks/kind";
import { stacksByState } from "../../deploy/estate/without-state";
import { uncommittedFiles } from "../../deploy/git/uncommitted";
import { planEstate } from "../../deploy/plans/plan-estate";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { rolloutOf } from "../../deploy/plans/rollout";
import { removedBeside } from "../../deploy/removal/find-removed";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { repository } from "../../tools/paths";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { findEnvironment } from "../estate/find";
import { withSynthesisedStacks, type StackSession } from "../estate/stack-session";
import { accountsOption, applierOption, gather } from "../options";
import { answerPlan } from "../plans/plan-answer";

interface PlanOptions {
  readonly affected?: string;
  readonly appliedBy?: Applier;
  readonly account?: readonly string[];
  readonly in?: string;
  readonly out?: string;
  readonly markdown?: string;
  readonly keep?: readonly string[];
}

interface WithRole {
  /** Role to assume instead of the stacks' own. */
  readonly role: string | undefined;
}

export const addPlan: AddCommand = (parent, act) => {
  documented(parent, "plan", {
    summary: "Plan stacks side by side: what an apply would create, change, replace and destroy",
    details:
      "Writes nothing to AWS and takes no lock. With --out, the saved plans can be applied exactly as they are " +
      "(mlops apply). They hold values in plain text: keep the folder where few can read it. " +
      "Without --out and --applied-by it works as the planner, where every account has one. " +
      "Exits with 3 if changes are pending, with 1 if a stack cannot be planned.",
    examples: [
      "plan",
      "plan prod-mammo-severity --out plan",
      "plan --affected origin/main --markdown plan.md",
      "plan --applied-by ci --account 222222222222 --out plan",
      "plan registry --keep aws_sagemaker_model_package_group.my-models_group_1A2B3C4D --out plan",
      "plan --applied-by ci --in prod --out plan",
      "plan --role mlops-planner --out plan",
    ],
  })
    .argument("[stacks...]", "ids of stacks (default: all; mlops list shows them)")
    .option("--affected <commit>", "only the stacks whose synthesised files differ from those of a commit")
    .option(
      "--applied-by <who>",
      `only the stacks that this one applies: ${appliers.join(" or ")}`,
      applierOption,
    )
    .option(
      "--account <id>",
      "refuse unless every stack asked for is in one of these accounts, several with commas",
      accountsOption,
    )
    .option("--in <env>", "only the stacks of this environment")
    .option(
      "--keep <address>",
      "leave this resource on AWS that the code has no more; may be repeated",
      gather,
    )
    .option("--out <dir>", "folder for the saved plans, their manifest and plan.md")
    .option("--markdown <file>", "file for the summary as Markdown, for a pull request")
    .action(act(plan));
};

function plan(context: Context, ids: readonly string[], options: PlanOptions): Promise<Answer> {
  const { appliedBy, account } = options;
  const environment = options.in === undefined ? undefined : findEnvironment(context.estate, options.in);
  const openLater = options.affected !== undefined;
  const role = options.out === undefined ? context.readingRole(appliedBy) : context.role;
  return withSynthesisedStacks(
    context,
    { ids, appliedBy, account, environment, openLater, role, removed: "by id" },
    (session) => planIn(context, session, { ...options, role }, ids.length === 0 && !environment),
  );
}

async function planIn(
  context: Context,
  session: StackSession,
  options: PlanOptions & WithRole,
  all: boolean,
): Promise<Answer> {
  const { runs, runner, accounts, signal } = session;
  const affected = await affectedBy(context, session, options);
  const stacks = affected
    ? session.stacks.filter(({ id }) => affected.stacks.some((stack) => stack.id === id))
    : session.stacks;
  if (affected) await accounts.openAll(stacks);
  const { ready, without } = await stacksByState(session.estate, accounts, stacks);
  signal.throwIfAborted();
  const folder = new PlanFolder(options.out === undefined ? session.plans : context.path(options.out));
  const { keep = [], out } = options;
  const removed =
    all && !affected && options.appliedBy !== "ci"
      ? await removedBeside(context.estate, accounts, ready, listStacks(context.estate, models))
      : [];
  const planned = new Set(ready.map(({ id }) => id));
  const rollout = affected ? rolloutOf(affected, listStacks(context.estate, models), planned) : [];
  const surroundings = { leftOut: without, affected, rollout, removed };
  const request = { runs, accounts, stacks: ready, folder, runner, keep, role: options.role };
  const result = await planEstate({ ...request, ...surroundings });
  if (options.markdown !== undefined) writeFileSync(context.path(options.markdown), result.markdown);
  const uncommitted = await uncommittedFiles(repository, context.environments);
  return answerPlan(context, { ...result, ...surroundings, uncommitted, out, interrupted: signal.aborted });
}

/** All stacks that a change concerns, whoever plans them. */
async function affectedBy(
  { environments }: Context,
  { synthesised }: StackSession,
  { affected: reference, role }: PlanOptions & WithRole,
): Promise<Affected | undefined> {
  return reference === undefined ? undefined : affectedStacks({ reference, synthesised, environments, role });
}
