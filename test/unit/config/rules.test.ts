import { formatProblem } from "../../../config/problems";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { readEstate } from "../../../stacks/known";
import { estateFolder } from "../../support/environments";
import { loadWith, problemsWith, withFolder, type Files } from "./support";

const lines = (files: Files): string[] => problemsWith(files).map(formatProblem);

const workload = (account: string, more: object = {}) => ({
  kind: "workload",
  account,
  registry: "registry",
  ...more,
});

describe("promotion", () => {
  test("may lead from several workloads to one", () => {
    const staging = workload("555555555555", { promotesTo: "prod" });
    expect(loadWith({ "staging.json": staging }).environments).toHaveLength(5);
  });

  test("that leads into a circle is reported for the circle alone", () => {
    expect(
      lines({
        "a1.json": workload("555555555551", { promotesTo: "b1" }),
        "b1.json": workload("555555555552", { promotesTo: "c1" }),
        "c1.json": workload("555555555553", { promotesTo: "b1" }),
      }),
    ).toEqual([
      'b1.json:1:80 promotesTo must not lead back to its own environment (b1 → c1 → b1), got: "c1"',
    ]);
  });
});

describe("regions", () => {
  test("may differ between registries that share nothing", () => {
    const files = {
      "eu-registry.json": { kind: "registry", account: "555555555551", region: "eu-west-1" },
      "eu.json": { kind: "workload", account: "555555555552", region: "eu-west-1", registry: "eu-registry" },
    };
    expect(loadWith(files).environments).toHaveLength(6);
  });

  test("are reported at the registry's name where the workload states none", () => {
    const registry = { kind: "registry", account: "333333333333", region: "eu-west-1" };
    const message = "must name a registry in this account's region (us-east-1), not eu-west-1";
    expect(lines({ "registry.json": registry })).toEqual([
      `dev.json:5:15 registry ${message}, got: "registry"`,
      `prod.json:5:15 registry ${message}, got: "registry"`,
    ]);
  });
});

describe("names", () => {
  test("of one account's buckets must differ", () => {
    const names = { artifactsBucket: "acme-sagemaker", stateBucket: "acme-sagemaker" };
    expect(lines({ "registry.json": { kind: "registry", account: "333333333333", names } })).toEqual([
      'registry.json:1:72 names.artifactsBucket must be the name of one bucket only, but is also names.stateBucket of registry.json, got: "acme-sagemaker"',
      'registry.json:1:103 names.stateBucket must be the name of one bucket only, but is also names.artifactsBucket of registry.json, got: "acme-sagemaker"',
    ]);
  });

  test.each([
    ["sthree-sagemaker", "names.dataBucket must not start or end with what Amazon S3 reserves"],
    ["acme-sagemaker-s3alias", "names.dataBucket must not start or end with what Amazon S3 reserves"],
    [
      "ab",
      "names.dataBucket must be a bucket name of 3 to 63 lower-case letters, digits and dashes, without dots",
    ],
    [
      "acme.sagemaker",
      "names.dataBucket must be a bucket name of 3 to 63 lower-case letters, digits and dashes, without dots",
    ],
  ])("of buckets: %s is refused", (dataBucket, rule) => {
    const [line] = lines({ "staging.json": workload("555555555555", { names: { dataBucket } }) });
    expect(line).toContain(rule);
  });

  test("of Jenkins' role must not be the administrators' role", () => {
    const ci = { kind: "ci", account: "444444444444", jenkinsServerRole: "OrganizationAccountAccessRole" };
    expect(lines({ "jenkins.json": ci })).toEqual([
      'jenkins.json:1:59 jenkinsServerRole must be another role than adminRole (IAM would mix their rights), got: "OrganizationAccountAccessRole"',
    ]);
  });

  test("of roles must differ within one account", () => {
    const names = { lambdaRole: "ml", executionRole: "ml" };
    expect(lines({ "staging.json": workload("555555555555", { names }) })).toEqual([
      'staging.json:1:89 names.lambdaRole must be another role than executionRole (IAM would mix their rights), got: "ml"',
      'staging.json:1:110 names.executionRole must be another role than lambdaRole (IAM would mix their rights), got: "ml"',
    ]);
  });

  test("of stacks that a longer environment name would make too are refused", () => {
    expect(loadWith({ "dev-two.json": { kind: "ci", account: "555555555555" } }).environments).toHaveLength(
      5,
    );
    expect(lines({ "dev-foundation.json": { kind: "ci", account: "555555555555" } })).toEqual([
      "dev-foundation.json:1:1 must not make a stack that dev.json makes too (dev-foundation)",
      "dev.json:1:1 must not make a stack that dev-foundation.json makes too (dev-foundation)",
    ]);
  });
});

describe("a model", () => {
  test("must not be named after a stack that every workload has", () => {
    const dev = {
      kind: "workload",
      account: "111111111111",
      registry: "registry",
      models: { foundation: {}, state: {} },
    };
    const files = { "dev.json": dev, "prod.json": workload("222222222222") };
    withFolder(
      files,
      (directory) => {
        expect(() =>
          readEstate(
            directory,
            ["foundation", "state"].map((name) => ({ ...mammoSeverity, name })),
          ),
        ).toThrow(
          [
            `${directory}/dev.json:1:77 models.foundation must not make a stack that this file makes too (dev-foundation)`,
            `${directory}/dev.json:1:93 models.state must not make a stack that this file makes too (dev-state)`,
          ].join("\n"),
        );
      },
      estateFolder,
    );
  });
});

describe("tags", () => {
  const shared = (tags: unknown) => ({ project: "mlops", owner: "ml-platform", region: "us-east-1", tags });

  test("may be up to 40", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"]));
    expect(Object.keys(loadWith({ "shared.json": shared(many(40)) }).shared.tags)).toHaveLength(40);
    expect(lines({ "shared.json": shared(many(41)) })).toEqual([
      "shared.json:1:70 tags must be at most 40 tags, got: an object",
    ]);
  });

  test("may have letters of any language", () => {
    expect(loadWith({ "shared.json": shared({ Équipe: "データ 1" }) }).shared.tags).toEqual({
      Équipe: "データ 1",
    });
  });

  test("must differ in more than upper and lower case", () => {
    expect(lines({ "shared.json": shared({ team: "a", Team: "b" }) })).toEqual([
      "shared.json:1:70 tags must not have keys that differ only in upper and lower case, got: an object",
    ]);
  });
});
