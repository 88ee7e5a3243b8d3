import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { estateFolder } from "../../support/environments";
import { AssumeRoleCommand } from "../../support/sts";
import { temporaryFolder } from "../../support/temporary-folder";
import { jsonOf, mlops, mockSts } from "./support";

jest.mock("../../../pipelines", () => {
  const { models } = jest.requireActual<typeof import("../../../pipelines")>("../../../pipelines");
  const { threePipelines } = jest.requireActual<typeof import("../../support/three-pipelines")>(
    "../../support/three-pipelines",
  );
  const groundTruth = { prefix: "three-pipelines/data/ground-truth/" };
  return { models: [...models, { ...threePipelines, groundTruth }] };
});

const s3 = mockClient(S3Client);
const folder = temporaryFolder();
const environments = join(folder, "environments");
let sts: ReturnType<typeof mockSts>["roles"];

beforeAll(() => {
  cpSync(estateFolder, environments, { recursive: true });
  const models = { "mammo-severity": {}, "three-pipelines": {} };
  const dev = { kind: "workload", account: "111111111111", registry: "registry", models };
  writeFileSync(join(environments, "dev.json"), JSON.stringify(dev));
});

beforeEach(() => {
  sts = mockSts().roles;
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
});

const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const upload = (content: string | Uint8Array, more = "") =>
  mlops(`data ground-truth dev three-pipelines ${file("truth.csv", content)}${more}`, { environments });

const written = () => s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);

test("a file goes as it is to where the monitor reads, under when it arrived, as the scientist or whoever stands in", async () => {
  const before = new Date();
  const ran = await upload("id,value\na,1.5\n\nb, -2e3\r\n", " --json");
  expect(ran.code).toBe(0);
  const [put] = written();
  expect(put?.Bucket).toMatch(/dev-sagemaker-data-111111111111$/);
  const [, time = ""] =
    /^three-pipelines\/data\/ground-truth\/(\d{8}T\d{6}Z)-[0-9a-f]{8}\.csv$/.exec(put?.Key ?? "") ?? [];
  const arrived = Date.parse(time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  expect(arrived).toBeGreaterThan(before.getTime() - 1000);
  expect(arrived).toBeLessThanOrEqual(Date.now());
  expect(Buffer.from(put?.Body as Uint8Array).toString()).toBe("id,value\na,1.5\n\nb, -2e3\r\n");
  expect(jsonOf(ran)).toEqual({ rows: 2, uri: `s3://${put?.Bucket ?? ""}/${put?.Key ?? ""}` });
  const [assumed] = sts.commandCalls(AssumeRoleCommand);
  expect(assumed?.args[0].input.RoleArn).toMatch(/^arn:aws:iam::111111111111:role\//);
});

test("what Excel saves is taken", async () => {
  expect((await upload("\uFEFFid,value\r\na,1\r\n")).code).toBe(0);
});

test.each<[what: string, content: string | Uint8Array, problems: readonly string[]]>([
  ["another header", "id,truth\na,1\n", ["1:1 must begin with id,value"]],
  ["no header", "a,1\n", ["1:1 must begin with id,value"]],
  ["nothing", "", ["1:1 must begin with id,value"]],
  ["no row", "id,value\n", ["2:1 must have a row"]],
  ["what is no UTF-8", Buffer.from("id,value\na,\xff\n", "latin1"), ["2:3 must be UTF-8"]],
  [
    "all kinds of mistakes, at once and without a value",
    'id,value\nsecret,1\nb,many\n,3\nsecret,4\nc\nd,1,2\n"e",1\nf,\ng,NaN\nh,0x10\n',
    [
      "3:3 value must be a number",
      "4:1 id must not be empty",
      "5:1 id must be there once, is on line 2 too",
      "6:1 must be id,value, has 1 cells",
      "7:1 must be id,value, has 3 cells",
      "8:1 must be without quotes",
      "9:3 value must be a number",
      "10:3 value must be a number",
      "11:3 value must be a number",
    ],
  ],
])("%s is refused before anything is asked or written", async (_, content, problems) => {
  const { code, err } = await upload(content);
  const lines = problems.map((problem) => `${join(folder, "truth.csv")}:${problem}\n`);
  expect({ code, err }).toEqual({ code: 2, err: lines.join("") });
  expect(written()).toEqual([]);
  expect(sts.calls()).toHaveLength(0);
});

describe("with what was predicted", () => {
  test("ids of nobody in it are refused", async () => {
    const batch = file("batch.csv", "id,age\na,50\nb,60\n");
    const { code, err } = await upload("id,value\na,1\nx,2\n", ` --batch ${batch}`);
    expect({ code, err }).toEqual({
      code: 2,
      err: `${join(folder, "truth.csv")}:3:1 id must be one of ${batch}\n`,
    });
    expect((await upload("id,value\na,1\n", ` --batch ${batch}`)).code).toBe(0);
  });

  test("a batch without ids is refused", async () => {
    const batch = file("batch.csv", "50,60\n");
    expect(await upload("id,value\na,1\n", ` --batch ${batch}`)).toMatchObject({
      code: 2,
      err: `${batch}:1:1 must have id as its first column\n`,
    });
  });
});

test.each([
  [
    "dev mammo-severity truth.csv",
    "Nothing reads what becomes of predictions of mammo-severity; of these it is read: three-pipelines",
  ],
  ["prod three-pipelines truth.csv", "Environment prod does not run three-pipelines"],
  ["dev three-pipelines missing.csv", "missing.csv cannot be read: ENOENT"],
  ["dev churn truth.csv", 'There is no model "churn"'],
])("%s is refused", async (args, message) => {
  const { code, err } = await mlops(`data ground-truth ${args}`, { environments });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
});

test("an account that cannot be reached is told", async () => {
  sts.on(AssumeRoleCommand).rejects(Object.assign(new Error("no"), { name: "AccessDenied" }));
  expect((await upload("id,value\na,1\n")).code).toBe(1);
  expect(written()).toEqual([]);
});
