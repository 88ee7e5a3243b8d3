import type { Applier } from "../../stacks/kind";
import { inOrderOfPromotion } from "../../stacks/topology";
import { documented, type AddCommand } from "../command";
import { UsageError } from "../errors";
import { accountsOption, applierOption } from "../options";
import { tableOf } from "../table";

interface Options {
  readonly appliedBy?: Applier;
  readonly account?: readonly string[];
}

export const addEnvironments: AddCommand = (parent, act) => {
  documented(parent, "environments", {
    summary: "List the environments that run or serve models, each before those that it promotes to",
    details: "Computed from the environment files alone; asks AWS nothing.",
    examples: ["environments", "environments --applied-by ci --account 111111111111,222222222222 --json"],
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
    .action(
      act(({ estate }, { appliedBy, account }: Options) => {
        const found = inOrderOfPromotion(estate)
          .filter(({ ci }) => appliedBy === undefined || (appliedBy === "ci") === (ci !== undefined))
          .map(({ name, account: of, promotesTo, requireApproval }) => ({
            ...{ environment: name, account: of, requireApproval, promotesTo: promotesTo ?? null },
          }));
        if (account) requireExactly(account, found);
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
  found: readonly { readonly environment: string; readonly account: string }[],
): void {
  const others = found.filter(({ account }) => !accounts.includes(account));
  const unknown = accounts.filter((account) => !found.some((one) => one.account === account));
  const problems = [
    ...others.map(({ environment, account }) => `${environment} is ${account}`),
    ...unknown.map((account) => `none of them is ${account}`),
  ];
  if (problems.length > 0)
    throw new UsageError(`Their accounts must be ${accounts.join(", ")}, but ${problems.join(", ")}`);
}
