import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { estateFolder } from "../../support/environments";
import { jsonOf, mlops } from "./support";

let base: string;
let environments: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "init-"));
  environments = join(base, "environments");
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

const shared = "--project churn --owner data --region eu-west-1";
const accounts =
  "--registry registry=210987654321 --workload dev=321098765432:prod --workload prod=432109876543";
const all = `${shared} ${accounts}`;
const init = (args: string) => mlops(`init ${args}`.trim(), { environments });
const contentOf = (file: string): unknown => JSON.parse(readFileSync(join(environments, file), "utf8"));
const filesThere = () => (existsSync(environments) ? readdirSync(environments) : []);

/** Every file of the folder. */
const snapshot = () =>
  new Map(filesThere().map((file) => [file, readFileSync(join(environments, file), "utf8")]));

describe("mlops init writes an estate that is valid", () => {
  test("of a registry and workloads that promote", async () => {
    const { code, out, err } = await init(`${all} --email a@example.com`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(contentOf("dev.json")).toEqual({
      $schema: "./environment.schema.json",
      kind: "workload",
      account: "321098765432",
      registry: "registry",
      promotesTo: "prod",
      alertEmails: ["a@example.com"],
      models: { "mammo-severity": {} },
    });
    expect(contentOf("shared.json")).toMatchObject({ project: "churn", owner: "data", region: "eu-west-1" });
    expect((await mlops("validate", { environments })).out).toContain("3 environments valid");
    expect(out).toMatch(/^ {2}dev\.json +new$/m);
  });

  test("whose last workload Jenkins applies, after approval, unless another is named", async () => {
    await init(`${all} --ci jenkins=543210987654`);
    expect(contentOf("prod.json")).toMatchObject({ ci: "jenkins", requireApproval: true });
    expect(contentOf("dev.json")).not.toHaveProperty("ci");
    await init(`${all} --ci jenkins=543210987654:dev --force`);
    expect(contentOf("dev.json")).toMatchObject({ ci: "jenkins" });
    expect(contentOf("prod.json")).not.toHaveProperty("ci");
  });

  test("and that Prettier leaves alone", async () => {
    const emails = [1, 2, 3, 4, 5].map((n) => `--email somebody-${n}@mail.example.com`).join(" ");
    await init(`${all} ${emails}`);
    await init(`--force ${all} --workload test=543210987654 --email a@example.com --email b@example.com`);
    const checked = [...filesThere()].filter((file) => file !== "environment.schema.json");
    await execa(
      "node",
      [require.resolve("prettier/bin/prettier.cjs"), "--check", "--print-width=110", ...checked],
      {
        cwd: environments,
      },
    );
  });
});

describe("mlops init says what comes next", () => {
  test("as commands that there are, for the folder it wrote to", async () => {
    const { next } = jsonOf(await init(`${all} --ci jenkins=543210987654 --json`)) as { next: Step[] };
    const commands = next.map(({ command }) => command);
    expect(commands).toContain(
      `npx mlops bootstrap registry dev prod jenkins --environments ${environments}`,
    );
    expect(commands).toContainEqual(expect.stringContaining("plan --applied-by administrator --out plan"));
    expect(commands[0]).toBe(`git add ${environments} && git commit`);
    for (const command of commands.slice(1)) {
      const [, , ...args] = command.split(" ");
      expect((await mlops(`${args.join(" ")} --help`, { environments })).code).toBe(0);
    }
  });

  interface Step {
    readonly command: string;
  }
});

describe("mlops init replaces nothing unasked", () => {
  beforeEach(() => {
    cpSync(estateFolder, environments, { recursive: true });
  });

  test("but names what --force would replace and remove", async () => {
    const before = snapshot();
    const { code, err } = await init(all);
    expect(code).toBe(1);
    expect(err).toContain("--force");
    expect(err).toMatch(/dev\.json +replaced \(was workload, example account 111111111111\)/);
    expect(err).toMatch(/jenkins\.json +removed \(was ci, example account 444444444444\)/);
    expect(snapshot()).toEqual(before);
  });

  test("and with --force leaves no account of the example", async () => {
    expect((await init(`${all} --force`)).code).toBe(0);
    expect(filesThere()).not.toContain("jenkins.json");
    expect((await mlops("validate", { environments })).out).toContain(
      "3 environments valid: dev, prod, registry",
    );
  });

  test("and leaves accounts that are no example and have another name, which it checks with the rest", async () => {
    const lab = { kind: "workload", account: "654321098765", registry: "registry", models: {} };
    writeFileSync(join(environments, "lab.json"), JSON.stringify(lab));
    const { out } = await init(`${all} --force`);
    expect(out).toMatch(/lab\.json +stays as it is \(workload, account 654321098765\)/);
    expect(contentOf("lab.json")).toEqual(lab);
    const { code, err } = await init(`${all.replace("registry=", "models=")} --force`);
    expect(code).toBe(2);
    expect(err).toContain("models.json:4:14 account must be the account of one environment only");
  });

  test("nor with --dry-run, which shows all", async () => {
    const before = snapshot();
    const { code, out } = await init(`${all} --force --dry-run`);
    expect(code).toBe(0);
    expect(out).toContain('"account": "321098765432"');
    expect(out).toMatch(/jenkins\.json +removed/);
    expect(snapshot()).toEqual(before);
    expect(jsonOf(await init(`${all} --dry-run --json`))).toMatchObject({ dryRun: true });
  });
});

describe("mlops init refuses, and writes nothing", () => {
  test.each([
    ["", ["Missing: --project, --owner, --region, --registry, --workload"]],
    [
      `${shared} --registry ../x=210987654321`,
      ["--registry must be NAME=ACCOUNT", "Missing: --registry, --workload"],
    ],
    [`${all} --workload dev=987654321098`, ["Two accounts are named dev"]],
    [`${all} --ci ci=543210987654:prd`, ['--ci must name a --workload, got: prd (did you mean "prod"?)']],
    [
      `${all} --workload lab=987654321098 --ci ci=543210987654`,
      ["--ci must say which environment Jenkins applies"],
    ],
    [
      "--project Churn --owner data --region eu_west_1 --registry registry --workload dev=12:prd --email a",
      [
        'dev.json:4:14 account must be 12 digits in quotes, got: "12"',
        "dev.json:6:17 promotesTo must name an environment",
        "dev.json:7:19 alertEmails[0] must be an e-mail address",
        'registry.json:4:14 account must be 12 digits in quotes, got: ""',
        "shared.json:3:14 project must be 2 to 16 lower-case letters",
        "shared.json:5:13 region must be an AWS region",
      ],
    ],
  ])("%s", async (args, complaints) => {
    const { code, out, err } = await init(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    for (const complaint of complaints) expect(err).toContain(complaint);
    expect(filesThere()).toEqual([]);
  });

  test("and gives problems as data", async () => {
    const { error } = jsonOf(await init(`${all} --workload qa=12 --json`)) as {
      error: { problems: object[] };
    };
    expect(error.problems).toMatchObject([{ file: join(environments, "qa.json"), path: "account" }]);
  });
});
