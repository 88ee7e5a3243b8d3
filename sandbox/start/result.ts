import { relative } from "node:path";
import { environmentFile } from "../paths";
import { describeInventory, type AccountInventory } from "./inventory";

/** What one run of `npm start` came to. */
export interface StartResult {
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
  readonly failures: readonly { readonly stack: string; readonly reason: string }[];
  readonly accounts: readonly AccountInventory[];
  /** Address of local AWS, where it was left up. */
  readonly endpoint: string | undefined;
}

export function printResult(result: StartResult, json: boolean): void {
  if (json) console.log(JSON.stringify(result, undefined, 2));
  else console.log(describeResult(result));
}

function describeResult({ failures, accounts, stages, endpoint }: StartResult): string {
  const failed = failures.map(({ stack, reason }) => `${stack} failed:\n${reason}`);
  const times = stages.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`);
  const verdict =
    failures.length > 0
      ? `${failures.length} of the stacks failed: ${failures.map(({ stack }) => stack).join(", ")}`
      : "Every stack of every account applied, and nothing is pending.";
  return [
    "",
    ...accounts.map(describeInventory),
    "",
    ...times,
    "",
    ...failed,
    verdict,
    ...nextSteps(endpoint),
  ].join("\n");
}

function nextSteps(endpoint: string | undefined): string[] {
  if (endpoint === undefined) return ["Next: npm start -- --keep leaves local AWS up, to look around in it."];
  return [
    `Local AWS is up at ${endpoint}. In a shell:`,
    `  source ${relative(process.cwd(), environmentFile)}`,
    "  npx cdktf plan prod-mammo-severity --skip-provider-lock",
    "  npm stop    # ends it; all its state goes with it",
  ];
}
