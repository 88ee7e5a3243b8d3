import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppliedEstate } from "../support/applied-estate";
import { documentedPolicy, managedPolicy } from "../support/policies";
import { bucketKeyAliases } from "../support/key-aliases";
import { lacking } from "../support/wire/permissions";
import { estateFolder } from "../support/environments";
import { mlops } from "../support/mlops";
import type { WireProxy } from "../support/wire/proxy";
import { onlyReads } from "../support/wire/request";

const role = "ReadOnly";
const stacks = ["registry", "prod-foundation", "prod-mammo-severity", "prod-state"];
let applied: AppliedEstate;
let wire: WireProxy;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  wire = await applied.startWire();
});
afterAll(async () => {
  wire.stop();
  await applied.stop();
});

/** The tests' environments, with another schedule in prod. */
function changedEnvironments(): string {
  const folder = join(applied.folder, "environments");
  cpSync(estateFolder, folder, { recursive: true });
  const file = join(folder, "prod.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("cron(0 23 * * ? *)", "cron(0 21 * * ? *)"));
  return folder;
}

test("a plan only reads, whatever the role, and one with a role of the reader's own is not for applying", async () => {
  const out = join(applied.folder, "read-only");
  const environments = changedEnvironments();
  const plan = await mlops(["plan", ...stacks, "--role", role, "--out", out], { environments });
  expect(plan).toMatchObject({ exitCode: 3 });
  expect(plan.stdout).toContain(`For reading only: planned with the role ${role}`);
  expect(plan.stdout).not.toContain("mlops apply");
  const asked = [...wire.requests];
  expect(
    asked.filter((request) => !onlyReads(request)).map(({ service, action }) => `${service} ${action}`),
  ).toEqual([]);
  expect(new Set(asked.map((request) => request.role?.split("/")[1]))).toEqual(new Set([undefined, role]));
  const services = [
    "events",
    "iam",
    "kms",
    "lambda",
    "logs",
    "monitoring",
    "s3",
    "sagemaker",
    "sns",
    "sqs",
    "sts",
  ];
  expect([...new Set(asked.map(({ service }) => service))].toSorted()).toEqual(services);

  // AWS's own policy for reading lacks two things, which the documented policy has.
  const readOnly = await managedPolicy("ReadOnlyAccess");
  const aliases = bucketKeyAliases(applied.estate);
  const asReader = asked.filter((request) => request.role?.split("/")[1] === role);
  const lacks = (statements: typeof readOnly) => [
    ...new Set(
      asReader
        .flatMap((request) => lacking(statements, request, aliases) ?? [])
        .map((need) => JSON.stringify(need)),
    ),
  ];
  const environmentsOfStacks = ["prod", "registry"];
  expect(lacks(readOnly).toSorted()).toEqual([
    ...environmentsOfStacks.map((name) =>
      JSON.stringify({ action: "kms:Decrypt", keyAlias: `alias/mlops-${name}-state` }),
    ),
    JSON.stringify({ action: "sagemaker:GetModelPackageGroupPolicy" }),
  ]);
  expect(lacks([...readOnly, ...documentedPolicy("docs/plan-and-apply.md")])).toEqual([]);

  const apply = await mlops(["apply", "--from", out], { environments });
  expect(apply).toMatchObject({ exitCode: 1 });
  expect(apply.stderr).toContain(
    `planned with the role ${role} instead of the stacks' own: such a plan is for reading only`,
  );
  expect(readFileSync(join(out, "plan.md"), "utf8")).not.toBe("");
});
