import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppliedEstate } from "../support/applied-estate";
import { bucketKeyAliases } from "../support/key-aliases";
import { lacking } from "../support/wire/permissions";
import { estateFolder, estateWithRoles } from "../support/environments";
import { readEstate } from "../support/estate";
import { mlops } from "../support/mlops";
import { resources, statementsOf } from "../support/synth";
import { stackOf, synthesisedStacks } from "../support/synthesised";
import type { WireProxy } from "../support/wire/proxy";
import { onlyReads } from "../support/wire/request";

const role = "mlops-planner";
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

/** What the planners of the planned accounts may do. */
function plannersStatements() {
  const stacks = synthesisedStacks(readEstate(estateWithRoles));
  return ["prod-state", "registry-state"].flatMap((id) =>
    resources(stackOf(stacks, id), "aws_iam_policy")
      .filter(({ name }) => String(name).startsWith(`${role}-`))
      .flatMap(({ policy }) => statementsOf(policy)),
  );
}

test("a plan takes no more than the planner may, and one as the planner is not for applying", async () => {
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

  const statements = plannersStatements();
  const aliases = bucketKeyAliases(applied.estate);
  const asPlanner = asked.filter((request) => request.role?.split("/")[1] === role);
  expect(asPlanner.flatMap((request) => lacking(statements, request, aliases) ?? [])).toEqual([]);

  const apply = await mlops(["apply", "--from", out], { environments });
  expect(apply).toMatchObject({ exitCode: 1 });
  expect(apply.stderr).toContain(
    `planned with the role ${role} instead of the stacks' own: such a plan is for reading only`,
  );
  expect(readFileSync(join(out, "plan.md"), "utf8")).not.toBe("");
});
