import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event, Scenario, ShellOutcome } from "./events";

const repository = join(__dirname, "../../..");

export const fileOf = (path: string): string => readFileSync(join(repository, path), "utf8");

export const prodAccount = "222222222222";

/** As the server's configuration names them. */
export const approvers = "alice:alice@example.com, bob:bob@example.com";

const synthesised: ShellOutcome = {
  match: "cdktf synth",
  files: { "cdktf.out/stacks/prod-mammo-severity/cdk.tf.json": "{}" },
};

const billed: ShellOutcome = { match: "npm run --silent sbom", files: { "sbom.cdx.json": "{}" } };

/** What `mlops plan` does on main. @param exit 0 nothing to do, 3 changes */
export const planning = (
  exit: number,
  approval: readonly string[] = [],
  of = "this build",
  environment = "prod",
): ShellOutcome => ({
  match: "mlops plan",
  env: { APPLY_TO: environment },
  exit,
  files: plansIn(`plan/${environment}`, `${environment}-mammo-severity`, approval, of),
});

/** What `mlops plan` does of a pull request. */
export const planningChange = (exit: number): ShellOutcome => ({
  match: "mlops plan",
  exit,
  files: plansIn("plan", "prod-mammo-severity", ["prod"], "this build"),
});

const plansIn = (folder: string, stack: string, approval: readonly string[], of: string) => ({
  [`${folder}/manifest.json`]: JSON.stringify({ approval }),
  [`${folder}/${stack}/plan.tfplan`]: `plan of ${of}`,
  [`${folder}/plan.md`]: "| stack | create |",
});

/** The environments that Jenkins applies to, in their order. */
export const applyingTo = (...environments: readonly string[]): ShellOutcome => ({
  match: "mlops environments",
  files: { "environments.json": JSON.stringify(environments.map((environment) => ({ environment }))) },
});

/** What Jenkins gives a build of the pipeline job, or of main in a multibranch job. */
export const onMain = (scenario: Partial<Scenario> & { readonly name: string }): Scenario => ({
  env: {
    PROD_ACCOUNT: prodAccount,
    MLOPS_ALERT_EMAILS: "admin@example.com",
    MLOPS_APPROVERS: approvers,
    ...scenario.env,
  },
  checkouts: scenario.checkouts ?? [{ GIT_BRANCH: "origin/main", GIT_COMMIT: "c1" }],
  ...without(scenario, "env", "checkouts", "shell"),
  name: scenario.name,
  shell: [...(scenario.shell ?? []), applyingTo("prod"), synthesised, billed],
});

/** A pull request to main, as the GitHub branch source tells of it. */
export const pullRequest = (scenario: Partial<Scenario> & { readonly name: string }): Scenario =>
  onMain({
    ...scenario,
    env: { BRANCH_NAME: "PR-7", CHANGE_ID: "7", CHANGE_TARGET: "main", ...scenario.env },
    checkouts: [{ GIT_BRANCH: "PR-7", GIT_COMMIT: "merge" }],
  });

function without<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const kept = Object.entries(object).filter(([key]) => !keys.includes(key as K));
  return Object.fromEntries(kept) as Omit<T, K>;
}

/** What happened in one scenario. */
export class Builds {
  constructor(readonly events: readonly Event[]) {}

  of(scenario: string): Builds {
    return new Builds(this.events.filter((event) => event.scenario === scenario));
  }

  build(number: number): Builds {
    return new Builds(this.events.filter(({ build }) => build === number));
  }

  steps(name: string): readonly Event[] {
    return this.events.filter(({ step }) => step === name);
  }

  get shellLines(): readonly string[] {
    return this.steps("sh").map(({ script }) => script ?? "");
  }

  get applied(): boolean {
    return this.shellLines.some((line) => line.includes("mlops apply"));
  }

  /** Names of the stages that did something, in order. */
  get stages(): readonly string[] {
    return this.events.filter(({ event }) => event === "stage").map(({ stage }) => stage);
  }

  get result(): string | undefined {
    return this.events.find(({ event }) => event === "result")?.result;
  }

  /** The one shell line that matches. @throws Error unless there is exactly one */
  line(pattern: RegExp): Event {
    const found = this.steps("sh").filter(({ script }) => pattern.test(script ?? ""));
    const [only] = found;
    if (only === undefined || found.length > 1)
      throw new Error(`${found.length} shell lines match ${pattern.source}`);
    return only;
  }
}
