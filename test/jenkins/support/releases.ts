import type { Scenario, ShellOutcome } from "./events";

export const version =
  "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/2";

/** Where `mlops endpoints route` says that the version goes. */
export const routed = (...environments: readonly string[]): ShellOutcome => ({
  match: "endpoints route",
  files: {
    "route.json": JSON.stringify({
      steps: environments.map((environment) => ({ environment, model: "mammo-severity" })),
    }),
  },
});

/** What `mlops endpoints plan` does. @param exit 0 that version serves, 3 there is something to release */
export const planned = (
  environment: string,
  exit: number,
  approval: readonly string[] = [],
): ShellOutcome => ({
  match: "endpoints plan",
  env: { RELEASE_TO: environment },
  exit,
  files: {
    [`release/${environment}/manifest.json`]: JSON.stringify({ approval }),
    [`release/${environment}/question.txt`]: `Release  version 2 to ${environment}\nMetrics  auc 0.9412\n`,
    [`release/${environment}/plan.md`]: "| stack | change |",
    [`release/${environment}/${environment}-mammo-severity-endpoint/plan.tfplan`]: "plan",
  },
});

/** What `mlops endpoints deploy` does, where it does not go well. */
export const fails = (environment: string, exit = 1): ShellOutcome => ({
  match: "endpoints deploy",
  env: { RELEASE_TO: environment },
  exit,
});

/** What Jenkins gives a build of the job `mlops/deploy`. Staging asks nobody, prod does. */
export const release = (scenario: Partial<Scenario> & { readonly name: string }): Scenario => ({
  params: { MODEL_PACKAGE_ARN: version },
  checkouts: [{ GIT_BRANCH: "origin/main", GIT_COMMIT: "c1" }],
  ...scenario,
  env: {
    PROD_ACCOUNT: "555555555555,222222222222",
    MLOPS_ALERT_EMAILS: "admin@example.com",
    MLOPS_APPROVERS: "alice:alice@example.com, bob:bob@example.com",
    ...scenario.env,
  },
  shell: [
    ...(scenario.shell ?? []),
    routed("staging", "prod"),
    planned("staging", 3),
    planned("prod", 3, ["prod"]),
  ],
});
