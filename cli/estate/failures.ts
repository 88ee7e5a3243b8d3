import { printableLines } from "../../deploy/plans/render/printable";
import type { Context } from "../context";

/** What became of a stack, where it failed with a reason. */
interface Outcome {
  readonly stack: string;
  readonly reason?: string;
}

/** Says on standard error which stacks failed and why, where `--json` does not have it as data. */
export function complainOf({ err, json }: Pick<Context, "err" | "json">, outcomes: readonly Outcome[]): void {
  if (json) return;
  for (const { stack, reason } of outcomes)
    if (reason !== undefined)
      err.print(err.paint("red", `${stack} failed: ${printableLines(reason).join("\n")}`));
}
