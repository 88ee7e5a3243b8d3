import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { authorize, type Verdict } from "./authorize";
import type { Call } from "./call";
import { Standing, type Told } from "./standing";

/** A line of standard input. */
interface Asked {
  readonly call: Call;
  /** Only where they have changed. */
  readonly policies?: Told;
}

/**
 * Decides for local AWS: reads a call a line, answers each with a line, `{}` or `{"refusal": "…"}`, in order.
 * @param ledger gets what was needed, a line for each need that is new
 */
async function main(ledger: string | undefined): Promise<void> {
  const standing = new Standing();
  const known = new Set<string>();
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, policies } = JSON.parse(line) as Asked;
    if (policies) standing.update(policies);
    const verdict = await authorize(call, standing).catch(unjudged);
    if (ledger !== undefined) record(ledger, call, verdict, known);
    process.stdout.write(
      `${JSON.stringify(verdict.refusal === undefined ? {} : { refusal: verdict.refusal })}\n`,
    );
  }
}

const unjudged = (error: unknown): Verdict => ({
  needs: [],
  refusal: `Local AWS cannot tell whether this is allowed: ${(error as Error).message}`,
});

function record(ledger: string, { caller }: Call, { needs, refusal }: Verdict, known: Set<string>): void {
  for (const { action, resource } of needs) {
    const line = JSON.stringify({ role: caller.role, action, resource, allowed: refusal === undefined });
    if (known.has(line)) continue;
    known.add(line);
    appendFileSync(ledger, `${line}\n`);
  }
}

void main(process.argv[2]);
