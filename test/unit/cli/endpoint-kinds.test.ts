import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeEndpointCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import {
  InvokeEndpointAsyncCommand,
  InvokeEndpointCommand,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import { changedEstate } from "../../support/changed-estate";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

const { folder } = changedEstate({
  files: { "prod.json": { models: { "mammo-severity": { endpoint: {} } } } },
});
const sagemaker = mockClient(SageMakerClient);
const runtime = mockClient(SageMakerRuntimeClient);
const ssm = mockClient(SSMClient);
const run = (command: string) => mlops(command, { environments: folder });

beforeEach(() => {
  mockSts();
  for (const client of [sagemaker, runtime, ssm]) client.reset();
  const release = { version: 2, modelPackageArn: "arn", image: "", modelData: "", key: "2-4c70dcc0" };
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: JSON.stringify([release]) } });
});

test("invoke gives many rows in several invocations, which AWS takes no more than 6 MB for", async () => {
  const file = join(temporaryFolder(), "rows.csv");
  writeFileSync(file, Array.from({ length: 250 }, (_, row) => `${row},1\n`).join(""));
  runtime.on(InvokeEndpointCommand).callsFake(({ Body }: { Body: Buffer }) => ({
    Body: Buffer.from(
      Body.toString()
        .trim()
        .split("\n")
        .map((row) => row.split(",")[0])
        .join(","),
    ),
  }));
  const { scores } = jsonOf(await run(`endpoints invoke prod mammo-severity ${file} --json`)) as {
    readonly scores: readonly number[];
  };
  expect(scores).toEqual(Array.from({ length: 250 }, (_, row) => row));
  expect(runtime.commandCalls(InvokeEndpointCommand)).toHaveLength(3);
});

test("show and list say how an endpoint serves", async () => {
  sagemaker.on(DescribeEndpointCommand).resolves({
    EndpointStatus: "InService",
    EndpointConfigName: "mammo-severity-2-4c70dcc0",
    ProductionVariants: [
      { VariantName: "AllTraffic", CurrentServerlessConfig: { MemorySizeInMB: 3072, MaxConcurrency: 7 } },
    ],
  });
  const { out } = await run("endpoints show prod mammo-severity");
  expect(out).toMatch(/Serves +serverless, 3072 MB, up to 7 invocations at once\n/);
  expect(out).not.toMatch(/Captured|Instances/);
  sagemaker.on(DescribeEndpointCommand).resolves({
    EndpointStatus: "InService",
    AsyncInferenceConfig: { OutputConfig: {} },
    ProductionVariants: [{ VariantName: "AllTraffic", CurrentInstanceCount: 0 }],
  });
  expect((await run("endpoints show prod mammo-severity")).out).toMatch(
    /Serves +asynchronous, by way of S3\n[^]*Instances +0\n/,
  );
  expect((await run("endpoints list")).out).toMatch(/prod +mammo-severity +asynchronous +2 +InService/);
});

test("an asynchronous endpoint is asked by way of the environment's data bucket", async () => {
  const asynchronous = changedEstate({
    files: { "prod.json": { models: { "mammo-severity": { endpoint: { asynchronous: {} } } } } },
  });
  const s3 = mockClient(S3Client);
  s3.on(ListObjectsV2Command).resolves({ KeyCount: 1 });
  s3.on(GetObjectCommand).resolves({ Body: { transformToString: () => Promise.resolve("0.5") } as never });
  runtime.on(InvokeEndpointAsyncCommand).resolves({
    OutputLocation: "s3://data/1.out",
    FailureLocation: "s3://data/1-error.out",
  });
  const file = join(temporaryFolder(), "rows.csv");
  writeFileSync(file, "1,2,3\n");
  const { code, out } = await mlops(`endpoints invoke prod mammo-severity ${file}`, {
    environments: asynchronous.folder,
  });
  expect([code, out]).toEqual([0, "0.5\n"]);
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
    Bucket: "mlops-prod-sagemaker-data-222222222222",
    Key: expect.stringMatching(/^mammo-severity\/captured\/requests\//) as string,
  });
});
