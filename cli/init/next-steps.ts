import { ownEnvironments } from "../../tools/paths";
import type { Wanted } from "./wanted";

/** A command to type next, and what for. */
export interface NextStep {
  readonly command: string;
  readonly purpose: string;
}

/** The way from environment files to a pipeline that runs. */
export function nextSteps({ registry, workloads, ci }: Wanted, directory: string): NextStep[] {
  const accounts = [registry, ...workloads, ci].flatMap((account) => account?.name ?? []);
  const [first = ""] = workloads.map(({ name }) => name);
  const byAdministrator = ci === undefined ? "" : " --applied-by administrator";
  const steps: (readonly [string, string])[] = [
    ["doctor", "tools, credentials, the role of each account"],
    [`bootstrap ${accounts.join(" ")}`, "each account's state bucket; once"],
    [`plan${byAdministrator} --out plan`, "read what it says"],
    ["apply --from plan", "exactly that; then each of alertEmails confirms AWS's mail"],
    [`data prepare --upload ${first} --first`, "data to try the pipelines with"],
    [`pipelines start ${first} train`, "the first model version"],
  ];
  const option = directory === ownEnvironments() ? "" : ` --environments ${quoted(directory)}`;
  return [
    { command: `git add ${quoted(directory)} && git commit`, purpose: "a plan is of a commit" },
    ...steps.map(([command, purpose]) => ({ command: `npx mlops ${command}${option}`, purpose })),
  ];
}

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
