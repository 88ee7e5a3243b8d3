import { DescribeModelPackageCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { changedEstate } from "../../support/changed-estate";
import { AssumeRoleCommand } from "../../support/sts";
import { jsonOf, mlops, mockSts } from "./support";

const arn = "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/2";
const artifacts = "s3://mlops-sagemaker-artifacts-333333333333/";
const accounts = { dev: "111111111111", zone: "555555555555", prod: "222222222222" };
const sagemaker = mockClient(SageMakerClient);
const ssm = mockClient(SSMClient);
let sts: ReturnType<typeof mockSts>;

/** A version that an environment registered. */
function trainedIn(environment: keyof typeof accounts, place = `${environment}/mammo-severity/versions/`) {
  sagemaker.on(DescribeModelPackageCommand).resolves({
    ModelPackageArn: arn,
    ModelPackageVersion: 2,
    ModelApprovalStatus: "Approved",
    InferenceSpecification: {
      Containers: [
        {
          Image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
          ModelDataUrl: `${artifacts}${place}x/model.tar.gz`,
        },
      ],
    },
    ModelMetrics: {
      ModelQuality: {
        Statistics: {
          ContentType: "application/json",
          S3Uri: `s3://mlops-${environment}-sagemaker-data-${accounts[environment]}/mammo-severity/train/x/evaluation/evaluation.json`,
        },
      },
    },
  } as never);
}

/** Dev, zone and prod each serve, and each promotes to the next; `ci` is what each names. */
function serving(ci: Partial<Record<keyof typeof accounts, string>>) {
  const models = { "mammo-severity": { endpoint: {} } };
  const { folder } = changedEstate({
    files: {
      "dev.json": { promotesTo: "zone", ci: ci.dev, models },
      "zone.json": {
        ...{ kind: "workload", account: accounts.zone, registry: "registry", promotesTo: "prod" },
        ci: ci.zone,
        models: { "mammo-severity": { endpoint: {}, pipelines: [] } },
      },
      "prod.json": { ci: ci.prod, models },
      "other-ci.json": { kind: "ci", account: "777777777777" },
    },
  });
  return {
    folder,
    route: (options = "") =>
      mlops(`endpoints route ${arn} --json ${options}`.trim(), { environments: folder }),
  };
}

const all = { dev: "jenkins", zone: "jenkins", prod: "jenkins" };
const stepsTo = (...environments: (keyof typeof accounts)[]) => ({
  steps: environments.map((environment) => ({
    ...{ environment, account: accounts[environment], model: "mammo-severity" },
  })),
});

beforeEach(() => {
  sts = mockSts();
  sagemaker.reset();
  ssm.reset();
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: "[]" } });
});

test("a version goes to the environment that trained it and to those downstream of it, in that order", async () => {
  const { route } = serving(all);
  trainedIn("dev");
  expect(jsonOf(await route())).toEqual({
    ...{ modelPackageArn: arn, version: 2 },
    ...stepsTo("dev", "zone", "prod"),
  });
  const byCi = await route(`--applied-by ci --account ${Object.values(accounts).join(",")}`);
  expect(jsonOf(byCi)).toMatchObject(stepsTo("dev", "zone", "prod"));
  const { code, err } = await route("--applied-by ci --account 222222222222");
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("Not all are in account 222222222222: dev is 111111111111, zone is 555555555555"),
  ]);
});

test("a version that prod trained goes to no environment that would refuse it", async () => {
  const { route } = serving(all);
  trainedIn("prod");
  expect(jsonOf(await route("--applied-by ci"))).toMatchObject(stepsTo("prod"));
  trainedIn("zone");
  expect(jsonOf(await route())).toMatchObject(stepsTo("zone", "prod"));
});

test("versions of before environments had places of their own go everywhere, and those from elsewhere nowhere", async () => {
  const { route } = serving(all);
  trainedIn("prod", "mammo-severity/models/");
  expect(jsonOf(await route())).toMatchObject(stepsTo("dev", "zone", "prod"));
  trainedIn("prod", "mammo-severity/");
  const { code, err } = await route();
  expect([code, err]).toEqual([
    1,
    expect.stringContaining(
      `must have its artifact where an environment keeps versions, has ${artifacts}mammo-severity/x/model.tar.gz`,
    ),
  ]);
});

test("the CI server reads the version by a deploy role that the group lets in, an administrator as one", async () => {
  const { route } = serving(all);
  trainedIn("dev");
  const assumed = () =>
    sts.roles.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn);
  await route("--applied-by ci");
  expect(assumed()).toEqual(["arn:aws:iam::111111111111:role/cross-account-jenkins-role"]);
  await route();
  expect(assumed().slice(1)).toEqual(["arn:aws:iam::333333333333:role/OrganizationAccountAccessRole"]);
});

test("a server reads the version by a role of the accounts that are its own, though another's environment comes before", async () => {
  const { route } = serving({ ...all, dev: "other-ci" });
  trainedIn("zone");
  const { code, out } = await route("--applied-by ci --account 555555555555,222222222222");
  expect([code, JSON.parse(out)]).toMatchObject([0, stepsTo("zone", "prod")]);
  const [asked] = sts.roles.commandCalls(AssumeRoleCommand);
  expect(asked?.args[0].input.RoleArn).toBe("arn:aws:iam::555555555555:role/cross-account-jenkins-role");
});

test("what is behind all that the CI server releases to is left to administrators", async () => {
  const { route } = serving({ dev: "jenkins", zone: "jenkins" });
  trainedIn("dev");
  expect(jsonOf(await route("--applied-by ci"))).toMatchObject(stepsTo("dev", "zone"));
});

test.each([
  [
    "an environment on the way names no CI server",
    { dev: "jenkins", prod: "jenkins" },
    'The version comes to prod by way of zone, which names no "ci": the CI server cannot release there',
  ],
  [
    "the trainer, whose rows it is tested with, names none",
    { zone: "jenkins", prod: "jenkins" },
    'The version comes to zone by way of dev, which names no "ci"',
  ],
  [
    "the trainer names another",
    { ...all, dev: "other-ci" },
    'Environment dev has the rows that the version is tested with, and must name the "ci" of zone, jenkins: it names other-ci',
  ],
])("where %s, a route is refused before anything is released", async (_, ci, message) => {
  const { route } = serving(ci);
  trainedIn("dev");
  const { code, err } = await route("--applied-by ci");
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test.each([
  "plan prod mammo-severity 2 --out x",
  `deploy prod mammo-severity ${arn} --yes prod-mammo-severity-endpoint`,
])(
  "endpoints %s is refused before anything is planned where the trainer is not the CI server's",
  async (command) => {
    const { folder } = serving({ prod: "jenkins" });
    trainedIn("dev");
    const { code, err } = await mlops(`endpoints ${command} --applied-by ci`, { environments: folder });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('must name the "ci" of prod, jenkins: it names none'),
    ]);
    expect(ssm.commandCalls(PutParameterCommand)).toEqual([]);
  },
);
