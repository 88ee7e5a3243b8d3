import type { Environment, Estate } from "../../config/schema";
import type { StackHoldings } from "../../deploy/destruction/state-contents";
import { lossRefusals } from "../../deploy/plans/permitted-losses";

type Holdings = readonly Pick<StackHoldings, "id" | "losses">[];

/**
 * Why nothing is destroyed, for it holds data, and the one command that lets all of that go; empty where it may go.
 * @param name environment or stack
 */
export function lossesOf(name: string, holdings: Holdings, allowed: readonly string[]): string[] {
  const refused = lossRefusals(holdings, allowed);
  return refused.length > 1
    ? [...refused, `to let all of it go: ${commandLettingGo(name, holdings)}`]
    : refused;
}

/** The command that may destroy whatever holds data. */
export function commandLettingGo(name: string, holdings: Holdings): string {
  const addresses = holdings.flatMap(({ id, losses }) => losses.map(({ address }) => `${id}/${address}`));
  return [`mlops destroy ${name}`, ...addresses.map((address) => `--allow-destroy '${address}'`)].join(" ");
}

/**
 * What is left to do, so that no later plan brings the environment back.
 * @param folder of the environment files
 */
export function afterDestruction(estate: Estate, { name }: Environment, folder: string): string[] {
  const keys = ["registry", "ci", "promotesTo"];
  const references = estate.environments.flatMap((other) =>
    Object.entries(other).flatMap(([key, value]) =>
      keys.includes(key) && value === name ? [`"${key}" in ${other.name}.json`] : [],
    ),
  );
  const files = [`${name}.json`, ...references].join(", ");
  return [
    `  take it out of ${folder}: ${files}; else the next plan of everything makes it again`,
    "  commit, then mlops plan --out plan: policies of other accounts still name it",
    "  its keys are deleted in 30 days; until then aws kms cancel-key-deletion brings one back",
  ];
}
