import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { formatProblem } from "../../../config/problems";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { estateFolder } from "../../support/environments";
import { load, loadWith, problemsIn, problemsWith, withFolder } from "./support";

const named = (estate: Estate, name: string) =>
  estate.environments.find((environment) => environment.name === name);

const staging = {
  kind: "workload",
  account: "555555555555",
  registry: "registry",
  ci: "jenkins",
  promotesTo: "prod",
  models: { "mammo-severity": { inferenceSchedule: "rate(12 hours)" } },
};

describe("the environment files of four accounts", () => {
  test("are sorted by name", () => {
    const accounts = load(estateFolder).environments.map(({ name, kind, account }) => ({
      name,
      kind,
      account,
    }));
    expect(accounts).toEqual([
      { name: "dev", kind: "workload", account: "111111111111" },
      { name: "jenkins", kind: "ci", account: "444444444444" },
      { name: "prod", kind: "workload", account: "222222222222" },
      { name: "registry", kind: "registry", account: "333333333333" },
    ]);
  });

  test("run nightly inference and drift retraining in prod, where dev's models go", () => {
    const estate = load(estateFolder);
    expect(named(estate, "dev")).toMatchObject({ registry: "registry", promotesTo: "prod" });
    expect(named(estate, "prod")).toEqual({
      name: "prod",
      kind: "workload",
      account: "222222222222",
      region: "us-east-1",
      registry: "registry",
      ci: "jenkins",
      requireApproval: true,
      alertEmails: ["admin@example.com"],
      models: { "mammo-severity": { inferenceSchedule: "cron(0 23 * * ? *)", retrainOnDrift: true } },
      names: {},
    });
  });
});

describe("loading", () => {
  test("resolves every default", () => {
    const estate = loadWith({
      "staging.json": { kind: "workload", account: "555555555555", registry: "registry" },
    });
    expect(estate.shared).toEqual({
      project: "mlops",
      owner: "ml-platform",
      region: "us-east-1",
      adminRole: "OrganizationAccountAccessRole",
      tags: {},
    });
    expect(named(estate, "staging")).toEqual({
      name: "staging",
      kind: "workload",
      account: "555555555555",
      region: "us-east-1",
      registry: "registry",
      requireApproval: false,
      alertEmails: [],
      models: {},
      names: {},
    });
    expect(named(estate, "jenkins")).toMatchObject({ jenkinsServerRole: "jenkins-server-role", names: {} });
  });

  test("takes an environment that a user adds", () => {
    expect(named(loadWith({ "staging.json": staging }), "staging")).toMatchObject({
      promotesTo: "prod",
      models: { "mammo-severity": { inferenceSchedule: "rate(12 hours)", retrainOnDrift: false } },
    });
  });

  test("prefers an account's own region to the shared one", () => {
    const jenkins = { kind: "ci", account: "444444444444", region: "eu-west-1" };
    expect(named(loadWith({ "jenkins.json": jenkins }), "jenkins")?.region).toBe("eu-west-1");
  });

  test("gives an estate that nothing can change", () => {
    const estate = load(estateFolder);
    const prod = named(estate, "prod") as WorkloadEnvironment;
    for (const part of [
      estate,
      estate.shared,
      estate.shared.tags,
      estate.environments,
      prod,
      prod.alertEmails,
      prod.names,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(prod.models["mammo-severity"])).toBe(true);
  });

  test("passes over what is plainly no environment file", () => {
    const files = {
      "README.md": "# Environments",
      ".prod.json.swp": "\u0000",
      ".hidden.json": "{",
      "notes.txt": "",
    };
    expect(loadWith(files).environments).toHaveLength(4);
  });
});

describe("a folder that holds no environments", () => {
  const lines = (directory: string) => problemsIn(directory).map(formatProblem);

  test("is reported when it does not exist", () => {
    expect(lines("nowhere/environments")).toEqual([
      "nowhere/environments:1:1 must be a folder of environment files, but does not exist",
    ]);
  });

  test("is reported when it is a file", () => {
    expect(lines(join(estateFolder, "dev.json"))).toEqual([
      "test/fixtures/estate/dev.json:1:1 must be a folder of environment files, but is a file",
    ]);
  });

  test("is reported when it is empty, with both things it lacks", () => {
    withFolder({}, (directory) => {
      expect(lines(directory)).toEqual([
        `${directory}:1:1 must hold at least one account file, such as dev.json`,
        `${directory}/shared.json:1:1 must exist`,
      ]);
    });
  });

  test("is reported when an account file is a folder", () => {
    withFolder(
      {},
      (directory) => {
        mkdirSync(join(directory, "staging.json"));
        expect(lines(directory)).toEqual([`${directory}/staging.json:1:1 must be a file, but is a folder`]);
      },
      estateFolder,
    );
  });
});

describe("several mistakes", () => {
  test("in several files are all reported at once, sorted by place", () => {
    const problems = problemsWith({
      "shared.json": '{\n  "project": "mlops",\n  "region": "mars-1",\n  "colour": "blue"\n}',
      "registry.json": '{\n  "kind": "registry",\n  "account": "111111111111",\n}',
      "prod.json":
        '{\n  "kind": "workload",\n  "account": 2,\n  "registry": "dev",\n  "promotesTo": "dve"\n}',
      "staging.json": '{ "kind": "staging", "account": "5" }',
    });
    expect(problems.map(formatProblem)).toEqual([
      'dev.json:4:14 account must be the account of one environment only, but is also in registry.json, got: "111111111111"',
      "prod.json:3:14 account must be 12 digits in quotes, got: 2",
      'prod.json:4:15 registry must name an environment of kind "registry", but dev.json is of kind "workload", got: "dev"',
      'prod.json:5:17 promotesTo must name an environment of kind "workload" (did you mean "dev"?), got: "dve"',
      'registry.json:3:14 account must be the account of one environment only, but is also in dev.json, got: "111111111111"',
      "registry.json:3:28 must be valid JSON: no comma may follow the last entry",
      "shared.json:1:1 owner is required",
      'shared.json:3:13 region must be an AWS region, got: "mars-1"',
      "shared.json:4:3 colour is not a known key (known here: project, owner, region, adminRole, tags)",
      'staging.json:1:11 kind must be one of "workload", "registry", "ci", got: "staging"',
      'staging.json:1:33 account must be 12 digits in quotes, got: "5"',
    ]);
  });

  test("do not include what only follows from another: nobody is told that a broken file's kind is wrong", () => {
    expect(
      problemsWith({ "registry.json": '{ "kind": "registry" "account": 3 }' }).map(formatProblem),
    ).toEqual(["registry.json:1:22 must be valid JSON: a comma is missing before this"]);
  });

  test("are all in the error's message", () => {
    withFolder({ "shared.json": {}, "registry.json": "" }, (directory) => {
      expect(() => load(directory)).toThrow(
        [
          `${directory}/registry.json:1:1 must hold a JSON object, but is empty`,
          `${directory}/shared.json:1:1 owner is required`,
          `${directory}/shared.json:1:1 project is required`,
          `${directory}/shared.json:1:1 region is required`,
        ].join("\n"),
      );
    });
  });
});
