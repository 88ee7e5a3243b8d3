import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeEndpointCommand,
  ListModelPackagesCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { AssumeRoleCommand } from "../../support/sts";
import { changedEstate } from "../../support/changed-estate";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

const { folder } = changedEstate({
  files: { "prod.json": { models: { "mammo-severity": { endpoint: {} } } } },
});
const sagemaker = mockClient(SageMakerClient);
const runtime = mockClient(SageMakerRuntimeClient);
const ssm = mockClient(SSMClient);

const release = (version: number) => ({
  version,
  modelPackageArn: `arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/${version}`,
  image: "image",
  modelData: "s3://artifacts/model.tar.gz",
  key: `${version}-4c70dcc0`,
});

const record = (...releases: object[]) =>
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: JSON.stringify(releases) } });

const run = (command: string) => mlops(command, { environments: folder });

beforeEach(() => {
  mockSts();
  for (const client of [sagemaker, runtime, ssm]) client.reset();
  record(release(2), release(1));
  sagemaker.on(DescribeEndpointCommand).resolves({
    EndpointStatus: "InService",
    EndpointConfigName: "mammo-severity-2-4c70dcc0",
    ProductionVariants: [{ VariantName: "AllTraffic", CurrentInstanceCount: 1 }],
  });
});

test("show says what serves and what served before, of the parameter of the project and the model", async () => {
  const { code, out } = await run("endpoints show prod mammo-severity");
  expect(code).toBe(0);
  expect(out).toMatch(/Version +2 \(arn:.*\)\nBefore +1\nConfiguration +mammo-severity-2-4c70dcc0\n/);
  expect(out).not.toMatch(/Differs/);
  expect(ssm.call(0).args[0].input).toEqual({ Name: "/mlops/endpoints/mammo-severity" });
});

test("an update that AWS rolled back is told from what is recorded", async () => {
  sagemaker.on(DescribeEndpointCommand).resolves({
    EndpointStatus: "InService",
    EndpointConfigName: "mammo-severity-1-4c70dcc0",
    FailureReason: "rolled back",
  });
  const { out } = await run("endpoints show prod mammo-severity");
  expect(out).toMatch(/Differs +what serves is not what is recorded: plan its stack/);
  expect(out).toMatch(/Last failure +rolled back/);
  expect(jsonOf(await run("endpoints list --json"))).toMatchObject([{ asRecorded: false }]);
});

test("before the first release there is nothing, which is no failure", async () => {
  record();
  const missing = new Error('Could not find endpoint "arn".');
  sagemaker.on(DescribeEndpointCommand).rejects(missing);
  const { code, out } = await run("endpoints show prod mammo-severity");
  expect([code, out]).toEqual([0, expect.stringMatching(/Status +nothing is released yet/)]);
  expect((await run("endpoints list")).out).toMatch(/prod +mammo-severity +real-time +- +nothing released/);
});

test("a stack that was not applied has released nothing, and takes no release", async () => {
  ssm
    .on(GetParameterCommand)
    .rejects(Object.assign(new Error("UnknownError"), { name: "ParameterNotFound" }));
  sagemaker.on(DescribeEndpointCommand).rejects(new Error('Could not find endpoint "arn".'));
  expect((await run("endpoints list")).out).toMatch(/nothing released/);
  const { code, err } = await run("endpoints deploy prod mammo-severity");
  expect([code, err]).toEqual([1, expect.stringContaining("apply the endpoint's stack first")]);
});

test("invoke scores the rows of a file, one score a line", async () => {
  const file = join(temporaryFolder(), "rows.csv");
  writeFileSync(file, "1,2,3\n4,5,6\n");
  runtime.on(InvokeEndpointCommand).resolves({ Body: Buffer.from("0.25,0.75") as never });
  const { code, out } = await run(`endpoints invoke prod mammo-severity ${file}`);
  expect([code, out]).toEqual([0, "0.25\n0.75\n"]);
  const { Body } = runtime.call(0).args[0].input as { readonly Body: Buffer };
  expect(Body.toString()).toBe("1,2,3\n4,5,6\n");
});

test.each([
  [
    "endpoints show dev mammo-severity",
    "Environment dev does not serve mammo-severity: its file has no models.",
  ],
  ["endpoints deploy registry mammo-severity", "Environment registry (kind registry) runs no pipelines"],
  ["endpoints show prod churn", 'There is no model "churn"'],
])("%s is a mistake of usage", async (command, message) => {
  const { code, err } = await run(command);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test("a version is named by its number", async () => {
  sagemaker.on(ListModelPackagesCommand).resolves({ ModelPackageSummaryList: [] });
  const { code, err } = await run("endpoints deploy prod mammo-severity 9");
  expect([code, err]).toEqual([2, expect.stringContaining("mammo-severity has no version 9")]);
});

test("what never served, or served alone, can be neither deployed again, tested nor rolled back", async () => {
  record(release(1));
  const rollback = await run("endpoints rollback prod mammo-severity");
  expect([rollback.code, rollback.err]).toEqual([
    2,
    expect.stringContaining("Nothing served mammo-severity in prod"),
  ]);
  record();
  for (const command of ["deploy", "test"]) {
    const { code, err } = await run(`endpoints ${command} prod mammo-severity`);
    expect([code, err]).toEqual([2, expect.stringMatching(/Nothing serves mammo-severity in prod yet/)]);
  }
  expect(ssm.commandCalls(PutParameterCommand)).toEqual([]);
});

const package2 = release(2).modelPackageArn;

test.each([
  "arn:aws:sagemaker:us-east-1:999999999999:model-package/mammo-severity-model-package/2",
  "arn:aws:sagemaker:eu-west-1:333333333333:model-package/mammo-severity-model-package/2",
  "arn:aws:sagemaker:us-east-1:333333333333:model-package/other/2",
  `x${package2}`,
  `${package2}/3`,
  `${package2}; rm -rf /`,
  "$(id)",
  "",
])("%j is no version of the estate's, and goes nowhere", async (arn) => {
  const { code, err } = await mlops("endpoints route", { environments: folder, rest: ["--", arn] });
  expect([code, err]).toEqual([2, expect.stringContaining(`got: ${JSON.stringify(arn)}`)]);
  expect(sagemaker.calls()).toEqual([]);
});

test("what looks like an option is a version, behind two dashes", async () => {
  sagemaker.on(ListModelPackagesCommand).resolves({ ModelPackageSummaryList: [] });
  const rest = ["--", "prod", "mammo-severity", "--role=admin"];
  const { code, err } = await mlops("endpoints deploy", { environments: folder, rest });
  expect([code, err]).toEqual([2, expect.stringContaining("mammo-severity has no version --role=admin")]);
});

test("the CI server releases by its deploy roles alone, in accounts that name it", async () => {
  const arn = package2.replace("mammo-severity-model-package", "other");
  const { roles } = mockSts();
  const { code, err } = await run(`endpoints deploy prod mammo-severity ${arn} --applied-by ci`);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("A version must be the ARN of a model package of"),
  ]);
  expect(roles.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input.RoleArn)).toEqual([
    "arn:aws:iam::222222222222:role/cross-account-jenkins-role",
  ]);
  const dev = changedEstate({ files: { "dev.json": { models: { "mammo-severity": { endpoint: {} } } } } });
  const elsewhere = await mlops(`endpoints plan dev mammo-severity 2 --applied-by ci --out x`, {
    environments: dev.folder,
  });
  expect([elsewhere.code, elsewhere.err]).toEqual([
    2,
    expect.stringContaining('Environment dev names no "ci"'),
  ]);
});
