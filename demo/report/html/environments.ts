import type { DrillReport } from "../types";

/** Tells an account as people know it: `prod (222222222222)`. */
export type AccountName = (account: string) => string;

/** Names of the accounts that the report tells of, as far as it tells them. */
export function accountNames({ stacks, executions }: DrillReport): AccountName {
  const known = [...executions, ...stacks].flatMap(({ account, environment }) =>
    environment === undefined ? [] : [[account, environment] as const],
  );
  const names = new Map(known);
  return (account) => {
    const name = names.get(account);
    return name === undefined ? account : `${name} (${account})`;
  };
}
