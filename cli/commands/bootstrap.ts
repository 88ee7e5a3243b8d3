import { applyStack } from "../../deploy/estate/stack-runs";
import { explain } from "../../deploy/estate/remedies";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { findEnvironment } from "../estate/find";
import { inWorkspace } from "../estate/workspace";
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
  return inWorkspace(context, { ids }, async ({ stacks, accounts, runner, runs }) => {
    await runner.each(stacks, async (stack, report) => {
      report(`creating ${stateBucket} where there is none`);
      await createStateBucket(estate, environment, await accounts.of(stack));
      const { summary } = await applyStack(runs, stack, report).catch(explain(stack));
      const { import: imported = 0, add = 0, change = 0 } = summary ?? {};
      return imported + add + change === 0
        ? "already in place"
        : `${imported} imported, ${add} added, ${change} changed`;
    });
    const [failure] = runner.failures;
    if (failure) throw new Error(`${failure.stack} failed: ${failure.reason}`);
    return {
      json: { environment: name, account: environment.account, stateBucket, stacks: ids },
      text: `Account ${environment.account} has its state bucket: ${stateBucket}`,
      code: runs.signal?.aborted ? exitCodes.interrupted : exitCodes.done,
    };
  });
}
