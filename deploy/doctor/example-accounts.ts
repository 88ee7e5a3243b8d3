import { isExampleAccount } from "../../config/example-account";
import type { Estate } from "../../config/schema";
import { missing, type Finding } from "./finding";

/** A finding where environment files still have ids of the shipped example, which are nobody's. */
export function exampleAccounts({ environments }: Pick<Estate, "environments">): Finding[] {
  const examples = environments.filter(({ account }) => isExampleAccount(account));
  if (examples.length === 0) return [];
  const named = examples.map(({ name, account }) => `${account} (${name})`).join(", ");
  return [
    missing(
      "Example accounts",
      `${named}: AWS gives nobody such ids`,
      "mlops init writes your own; doctor --local looks at the local AWS",
    ),
  ];
}
