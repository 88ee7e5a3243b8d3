import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { numbered } from "./numbered";

export interface GeneratedEnvironments {
  /** Number of workload accounts; every other one promotes to the next. */
  readonly workloads: number;
  /** Names of the models that run in each. */
  readonly models: readonly string[];
}

/** Workload accounts that share a model registry and a CI account: more would outgrow AWS's limits on policies. */
const workloadsPerRegistry = 10;

/** Names of generated workload accounts. */
export const workloadNames = (count: number): string[] => numbered("env", count);

/** Writes a folder of environment files. What is in it goes. */
export function writeEnvironments(folder: string, { workloads, models }: GeneratedEnvironments): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = {
    shared: { project: "mlops", owner: "ml-platform", region: "us-east-1" },
    ...centralAccounts(Math.ceil(workloads / workloadsPerRegistry)),
    ...workloadAccounts(workloadNames(workloads), models),
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, undefined, 2)}\n`);
}

function centralAccounts(count: number): Record<string, object> {
  const account = (kind: string, first: number) => (name: string, index: number) =>
    [name, { kind, account: String(first + index) }] as const;
  return Object.fromEntries([
    ...numbered("registry", count).map(account("registry", 300_000_000_001)),
    ...numbered("jenkins", count).map(account("ci", 400_000_000_001)),
  ]);
}

function workloadAccounts(names: readonly string[], models: readonly string[]): Record<string, object> {
  const settings = { inferenceSchedule: "cron(0 23 * * ? *)", retrainOnDrift: true };
  const workload = (name: string, index: number) => {
    const [group = ""] = numbered("", Math.floor(index / workloadsPerRegistry) + 1).slice(-1);
    const next = index % 2 === 0 ? names[index + 1] : undefined;
    return {
      kind: "workload",
      account: String(100_000_000_001 + index),
      registry: `registry${group}`,
      ci: `jenkins${group}`,
      ...(next !== undefined && { promotesTo: next }),
      alertEmails: [`${name}@example.com`],
      models: Object.fromEntries(models.map((model) => [model, settings])),
    };
  };
  return Object.fromEntries(names.map((name, index) => [name, workload(name, index)]));
}
