import { models } from "../../pipelines";
import type { Applier } from "../../stacks/kind";
import { inOrderOfPromotion } from "../../stacks/topology";
import { trainedFirstIn } from "../../stacks/training";
import { documented, type AddCommand } from "../command";
import { UsageError } from "../errors";
import { accountsOption, applierOption } from "../options";
import { tableOf } from "../table";

interface Options {
  readonly appliedBy?: Applier;
  readonly account?: readonly string[];
  readonly trains?: boolean;
}

export const addEnvironments: AddCommand = (parent, act) => {
  documented(parent, "environments", {
    summary: "List the environments that run or serve models, each before those that it promotes to",
    details: "Computed from the environment files alone; asks AWS nothing.",
    examples: [
      "environments",
      "environments --applied-by ci --account 111111111111,222222222222 --json",
      "environments --trains",
    ],
  })
    .option(
      "--applied-by <who>",
      "only those where this one applies models: administrator or ci",
      applierOption,
    )
    .option(
      "--account <id>",
      "refuse unless these are their accounts, all of them, several with commas",
      accountsOption,
    )
    .option(
      "--trains",
      "only those where the way of a model begins: they promote, and none before them trains it",
    )
    .action(
      act(({ estate }, { appliedBy, account, trains = false }: Options) => {
        const theirs = inOrderOfPromotion(estate).filter(
          ({ ci }) => appliedBy === undefined || (appliedBy === "ci") === (ci !== undefined),
        );
        if (account) requireExactly(account, theirs);
        const found = theirs
          .filter((workload) => !trains || trainedFirstIn(estate, workload, models).length > 0)
          .map(({ name, account: of, promotesTo, requireApproval }) => ({
            ...{ environment: name, account: of, requireApproval, promotesTo: promotesTo ?? null },
          }));
        const rows = found.map(({ environment, account: of, promotesTo }) => [
          environment,
          of,
          promotesTo ?? "",
        ]);
        return Promise.resolve({
          json: found,
          text: tableOf([["ENVIRONMENT", "ACCOUNT", "PROMOTES TO"], ...rows]).join("\n"),
        });
      }),
    );
};

/** An account that a server is not set up for must not be left out in silence, nor one that the files have no more. */
function requireExactly(
  accounts: readonly string[],
  found: readonly { readonly name: string; readonly account: string }[],
): void {
  const others = found.filter(({ account }) => !accounts.includes(account));
  const unknown = accounts.filter((account) => !found.some((one) => one.account === account));
  const problems = [
    ...others.map(({ name, account }) => `${name} is ${account}`),
    ...unknown.map((account) => `none of them is ${account}`),
  ];
  if (problems.length > 0)
    throw new UsageError(`Their accounts must be ${accounts.join(", ")}, but ${problems.join(", ")}`);
}
