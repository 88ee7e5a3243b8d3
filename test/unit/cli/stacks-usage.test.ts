import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Manifest } from "../../../deploy/plans/manifest/schema";
import { environmentsWith, estateWithRoles } from "../../support/environments";
import { AssumeRoleCommand } from "../../support/sts";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

const broken = environmentsWith("stack-twice");
let sts: ReturnType<typeof mockSts>;
let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  sts = mockSts();
  sts.identities.on(GetCallerIdentityCommand).resolves({ Arn: "arn:aws:iam::555555555555:user/eve" });
});

/** A manifest of one change in prod's model stack. */
function manifest(): Manifest {
  const hash = "0".repeat(64);
  const none = { create: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, unchanged: 0 };
  return {
    version: 1,
    createdAt: "2025-01-31T00:00:00.000Z",
    commit: { id: "0".repeat(40), dirty: false },
    packageLockHash: hash,
    terraform: "1.11.4",
    role: null,
    approval: [],
    stacks: [
      {
        id: "prod-mammo-severity",
        environment: "prod",
        account: "222222222222",
        region: "us-east-1",
        appliedBy: "ci",
        requireApproval: true,
        synthHash: hash,
        providers: {},
        providerLockHash: hash,
        state: { serial: 1, lineage: "a" },
        planHash: hash,
        counts: { ...none, change: 1 },
        losses: [],
      },
    ],
  };
}

describe("a command that can mean nothing ends with 2 and says what would, and nobody is asked", () => {
  test.each([
    ["plan nothing dev-fundation", /nothing; there is: dev-state, .*\n {2}dev-fundation.*"dev-foundation"/],
    ["plan --applied-by bob", /--applied-by must be administrator or ci, got: bob/],
    ["plan --account 111111111111 registry", /registry is in 333333333333 \(registry\)/],
    ["apply", /Which plans\? --from DIR/],
    ["apply --from /nowhere", /\/nowhere holds no plan that can be applied/],
    [
      "apply --from /nowhere --digest abc",
      /--digest must be what mlops plan --out says, 64 hexadecimal digits, got: "abc"/,
    ],
    ["apply --from /nowhere --approved-by bob", /--approved-by needs --approvers/],
    ["apply --from /nowhere --approvers bob", /--approvers must be like alice:alice@example.com,.* got: bob/],
    ["drift prod", /There is no such stack:\n {2}prod\b/],
    ["bootstrap prd", /There is no environment "prd".*did you mean "prod"/],
    ["destroy prd", /There is no environment "prd"/],
    [
      "destroy prod-mammo-severity",
      /prod-mammo-severity is in the code: take it out of the environment files/,
    ],
  ])("%s", async (args, message) => {
    const { code, out, err } = await mlops(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(sts.roles.calls()).toHaveLength(0);
  });

  test.each(["plan prod-mamo-severity", "destroy prod-mamo-severity", "unlock prod-mamo-severity"])(
    "%s, once the account's state bucket has no such stack either",
    async (args) => {
      const { code, out, err } = await mlops(args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/prod-mamo-severity.*did you mean "prod-mammo-severity"/);
    },
  );

  test.each(["plan", "drift", "bootstrap dev", "destroy dev", "unlock dev-state"])(
    "%s with a bad configuration",
    async (args) => {
      const { code, err } = await mlops(args, { environments: broken });
      expect(code).toBe(2);
      expect(err).toContain("must not make a stack that dev.json makes too");
    },
  );

  test("plan --affected with a commit that nobody knows", async () => {
    const { code, err } = await mlops("plan --affected nowhere/nothing");
    expect({ code, err }).toEqual({
      code: 2,
      err: 'There is no commit "nowhere/nothing" here; if it is on a remote, fetch it first.\n',
    });
    expect(sts.roles.calls()).toHaveLength(0);
  });

  test("apply of what is no manifest, with all that is wrong about it", async () => {
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifest(), version: 2, terraform: 1 }));
    const { code, err } = await mlops(`apply --from ${folder}`);
    expect(code).toBe(2);
    expect(err).toMatch(/manifest.json is not what mlops plan wrote/);
    expect(err).toMatch(/→ at version/);
    expect(err).toMatch(/→ at terraform/);
  });

  test("apply of other plans than those whose digest is given, and of a stack that would be a path", async () => {
    const file = join(folder, "manifest.json");
    writeFileSync(file, JSON.stringify(manifest()));
    const digest = "0".repeat(64);
    const other = await mlops(`apply --from ${folder} --digest ${digest}`);
    expect({ code: other.code, out: other.out }).toEqual({ code: 2, out: "" });
    expect(other.err).toMatch(
      /manifest.json has the digest [0-9a-f]{64}, and must have 0{64}: it is another plan/,
    );
    const stacks = manifest().stacks.map((stack) => ({ ...stack, id: "../../x" }));
    writeFileSync(file, JSON.stringify({ ...manifest(), stacks }));
    const path = await mlops(`apply --from ${folder}`);
    expect({ code: path.code, out: path.out }).toEqual({ code: 2, out: "" });
    expect(path.err).toContain("must be the id of a stack");
    expect(sts.roles.calls()).toHaveLength(0);
  });

  test("apply of another account's plans", async () => {
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest()));
    const { code, err } = await mlops(`apply --from ${folder} --account 111111111111`);
    expect(code).toBe(2);
    expect(err).toContain("prod-mammo-severity is in 222222222222 (prod)");
  });
});

describe("a caller who cannot get at an account is told so in one line each, before Terraform runs", () => {
  beforeEach(() => {
    const denied = new Error("User: eve is not authorized");
    sts.roles.on(AssumeRoleCommand).rejects(Object.assign(denied, { name: "AccessDenied" }));
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest()));
  });

  const denied = (role: string) =>
    new RegExp(
      `^ {2}arn:aws:iam::555555555555:user/eve may not assume arn:aws:iam::\\d{12}:role/${role} `,
      "gm",
    );

  test.each([
    ["plan --applied-by administrator", "OrganizationAccountAccessRole", 4],
    ["plan --applied-by ci", "cross-account-jenkins-role", 1],
    ["plan --role ReadOnly", "ReadOnly", 4],
    ["drift prod-state prod-foundation", "OrganizationAccountAccessRole", 1],
    ["bootstrap dev", "OrganizationAccountAccessRole", 1],
    ["destroy dev", "OrganizationAccountAccessRole", 1],
    ["apply --from FOLDER", "cross-account-jenkins-role", 1],
  ])("%s", async (args, role, lines) => {
    const { code, out, err } = await mlops(args.replace("FOLDER", folder));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^Some accounts are out of reach:\n/);
    expect(err.match(denied(role))).toHaveLength(lines);
    expect(err.trimEnd().split("\n")).toHaveLength(1 + lines);
  });

  test.each([
    ["plan", "mlops-planner", 4],
    ["drift prod-state prod-mammo-severity", "mlops-planner", 1],
    ["plan prod-mammo-severity --out FOLDER/plan", "cross-account-jenkins-role", 1],
    ["plan --role ReadOnly", "ReadOnly", 4],
  ])(
    "as a planner, where every account has one and nothing is to be applied: %s",
    async (args, role, lines) => {
      const { err } = await mlops(args.replace("FOLDER", folder), { environments: estateWithRoles });
      expect(err.match(denied(role))).toHaveLength(lines);
      expect(err.trimEnd().split("\n")).toHaveLength(1 + lines);
    },
  );

  test("and as data", async () => {
    const { error } = jsonOf(await mlops("plan --applied-by ci --json")) as { error: { reasons: string[] } };
    expect(error.reasons).toEqual([expect.stringContaining("cross-account-jenkins-role")]);
  });
});

test("a role that leads into another account is refused", async () => {
  sts.identities.on(GetCallerIdentityCommand).resolves({ Account: "999999999999" });
  const { code, err } = await mlops("plan --applied-by ci");
  expect(code).toBe(1);
  expect(err).toContain(
    "The role cross-account-jenkins-role of environment prod leads to account 999999999999, not to 222222222222",
  );
});
