import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const registry = "model-hub";
const ci = "build";

const workload = (account: string, more: object) => ({
  kind: "workload",
  account,
  registry,
  alertEmails: ["ml-oncall@acme.example"],
  ...more,
});

/** The files of a company unlike the shipped example in every value: five accounts, names that the company dictates. */
function companyFiles(models: readonly string[]): Readonly<Record<string, object>> {
  const all = Object.fromEntries(models.map((model) => [model, {}]));
  const scheduled = (settings: object) => ({ ...all, [models[0] ?? ""]: settings });
  return {
    shared: {
      project: "acme",
      owner: "risk-analytics",
      region: "eu-central-1",
      adminRole: "AcmeAdministrator",
      tags: { "cost-center": "4711" },
    },
    [registry]: {
      kind: "registry",
      account: "609817263541",
      names: { artifactsBucket: "acme-sagemaker-models" },
    },
    [ci]: { kind: "ci", account: "734625190823", jenkinsServerRole: "acme-build-server" },
    sandbox: workload("520193847562", { promotesTo: "staging", models: all }),
    staging: workload("618273645091", {
      promotesTo: "live",
      ci,
      names: { executionRole: "acme-sagemaker-runs" },
      models: scheduled({ inferenceSchedule: "rate(6 hours)" }),
    }),
    live: workload("849302716655", {
      ci,
      requireApproval: true,
      models: scheduled({ inferenceSchedule: "cron(15 4 ? * MON-FRI *)", retrainOnDrift: true }),
    }),
  };
}

/** Writes the environment files of a company. @param models that its workloads run, the first on a schedule */
export function writeCompanyEstate(folder: string, models: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(companyFiles(models)))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, undefined, 2)}\n`);
}
