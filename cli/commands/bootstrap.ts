import { createStateBucket } from "../../deploy/estate/state-bucket";
import { failuresOf, valuesOf, type StackFailure } from "../../deploy/estate/stack-runner";
import { deployStacks } from "../../deploy/plans/deploy-stacks";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { models } from "../../pipelines";
import { listStacks, type StackDescription } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { complainOf } from "../estate/failures";
import { findEnvironment } from "../estate/find";
import { withSynthesisedStacks, type StackSession } from "../estate/stack-session";
import { exitCodes } from "../errors";

export const addBootstrap: AddCommand = (parent, act) => {
  documented(parent, "bootstrap", {
    summary: "Give accounts their state buckets, with the bucket's own state in it",
    details:
      "Once for each account, by an administrator, before anything else is planned there; several are done side by side. " +
      "Creates the bucket where there is none, then applies the account's state stack, which takes it over (ADR 12). " +
      "Safe to repeat.",
    examples: ["bootstrap dev", "bootstrap registry dev prod", "bootstrap dev --json"],
  })
    .argument("<env...>", "environments whose accounts they are")
    .action(act(bootstrap));
};

function bootstrap(context: Context, names: readonly string[]): Promise<Answer> {
  const { estate } = context;
  const environments = [...new Set(names)].map((name) => findEnvironment(estate, name));
  const ids = listStacks(estate, models)
    .filter(({ kind, environment }) => kind === "state" && environments.includes(environment))
    .map(({ id }) => id);
  return withSynthesisedStacks(context, { ids }, async (session) => {
    const created = await createBuckets(session);
    const stacks = valuesOf(created);
    const { accounts, runner, runs, plans } = session;
    const { failures } = await deployStacks({
      stacks,
      accounts,
      runner,
      runs,
      folder: new PlanFolder(plans),
    });
    return answerBootstrap(context, session, [...failuresOf(created), ...failures]);
  });
}

/** The stacks whose buckets stand now. */
const createBuckets = ({ estate, stacks, accounts, runner }: StackSession) =>
  runner.each(
    stacks,
    async (stack) => {
      await createStateBucket(estate, stack.environment, await accounts.of(stack));
      return stack;
    },
    () => "has its bucket",
  );

function answerBootstrap(
  context: Context,
  { estate, stacks, signal }: StackSession,
  failures: readonly StackFailure[],
): Answer {
  complainOf(context, failures);
  const failed = failures.map(({ stack }) => stack);
  const accountOf = ({ id, environment }: StackDescription) => ({
    environment: environment.name,
    account: environment.account,
    stateBucket: namesOfAccount(estate, environment).stateBucket,
    stack: id,
  });
  const done = signal.aborted ? [] : stacks.filter(({ id }) => !failed.includes(id)).map(accountOf);
  const text = done.map(
    ({ environment, account, stateBucket }) =>
      `Account ${account} (${environment}) has its state bucket: ${stateBucket}`,
  );
  if (failed.length > 0) text.push(`Failed: ${failed.join(", ")}. The same command goes on from there`);
  const code = failed.length > 0 ? exitCodes.failed : exitCodes.done;
  return {
    json: { accounts: done, failures },
    text: text.join("\n"),
    code: signal.aborted ? exitCodes.interrupted : code,
  };
}
