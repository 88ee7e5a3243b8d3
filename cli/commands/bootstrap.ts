import { createStateBucket } from "../../deploy/estate/state-bucket";
import { deployStacks } from "../../deploy/plans/deploy-stacks";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { findEnvironment } from "../estate/find";
import { withSynthesisedStacks } from "../estate/stack-session";
import { exitCodes } from "../errors";

export const addBootstrap: AddCommand = (parent, act) => {
  documented(parent, "bootstrap", {
    summary: "Give an account its state bucket, with the bucket's own state in it",
    details:
      "Once for each account, by an administrator, before anything else is planned there. Creates the bucket where " +
      "there is none, then applies the account's state stack, which takes it over (ADR 12). Safe to repeat.",
    examples: ["bootstrap dev", "bootstrap dev --json"],
  })
    .argument("<env>", "environment whose account it is")
    .action(act(bootstrap));
};

function bootstrap(context: Context, name: string): Promise<Answer> {
  const { estate } = context;
  const environment = findEnvironment(estate, name);
  const { stateBucket } = namesOfAccount(estate, environment);
  const ids = listStacks(estate, models)
    .filter((stack) => stack.kind === "state" && stack.environment.name === name)
    .map(({ id }) => id);
  return withSynthesisedStacks(context, { ids }, async ({ stacks, accounts, runner, runs, plans }) => {
    for (const stack of stacks) await createStateBucket(estate, environment, await accounts.of(stack));
    const folder = new PlanFolder(plans);
    const { failures } = await deployStacks({ stacks, accounts, runner, runs, folder });
    const [failure] = failures;
    if (failure) throw new Error(`${failure.stack} failed: ${failure.reason}`);
    return {
      json: { environment: name, account: environment.account, stateBucket, stacks: ids },
      text: `Account ${environment.account} has its state bucket: ${stateBucket}`,
      code: runs.signal?.aborted ? exitCodes.interrupted : exitCodes.done,
    };
  });
}
