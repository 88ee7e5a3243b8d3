import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { makeDataSets } from "../../../operate/data-sets";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { repository } from "../../support/estate";
import { temporaryFolder } from "../../support/temporary-folder";
import { AssumeRoleCommand } from "../../support/sts";
import { jsonOf, mlops, mockSts } from "./support";

jest.mock("../../../tools/python/environment", () => ({
  ensurePython: () => Promise.resolve({ python: "python" }),
}));
jest.mock("../../../operate/data-sets", () => ({
  ...jest.requireActual<object>("../../../operate/data-sets"),
  makeDataSets: jest.fn(),
}));

const made = jest.mocked(makeDataSets);
const s3 = mockClient(S3Client);
const folder = temporaryFolder();
let sts: ReturnType<typeof mockSts>["roles"];

beforeEach(() => {
  sts = mockSts().roles;
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
  made.mockReset();
  made.mockImplementation(({ out }) => {
    const { training, batch } = mammoSeverity.demo?.dataSets ?? { training: {}, batch: {} };
    const files = [...Object.values(training), ...Object.values(batch)];
    if (out === folder) for (const file of files) writeFileSync(join(out, file), "1,2\n");
    return Promise.resolve(files.map((file) => `${join(out, file)}: 1 rows`));
  });
});

test("makes the only model's files in a folder of their own, and asks no account for anything", async () => {
  const { code, out } = await mlops("data prepare");
  expect(code).toBe(0);
  expect(out.trimEnd().split("\n")).toHaveLength(4);
  expect(made.mock.calls[0]?.[0]).toMatchObject({
    python: "python",
    data: undefined,
    out: join(repository, ".cache/data/mammo-severity"),
  });
  expect(sts.calls()).toHaveLength(0);
});

test("takes a source and a folder, relative to where the user is", async () => {
  await mlops("data prepare --data my.csv --out sets");
  expect(made.mock.calls[0]?.[0]).toMatchObject({ data: "/my.csv", out: "/sets" });
});

test.each([
  ["", 4],
  [" --first", 3],
])("uploads to the environment's data bucket%s", async (flag, count) => {
  const ran = await mlops(`data prepare --out ${folder} --upload prod${flag} --json`);
  const { uploaded } = jsonOf(ran) as { readonly uploaded: readonly string[] };
  expect(uploaded).toHaveLength(count);
  const written = s3
    .commandCalls(PutObjectCommand)
    .map(({ args: [{ input }] }) => `s3://${input.Bucket ?? ""}/${input.Key ?? ""}`);
  expect(written.toSorted()).toEqual(uploaded.toSorted());
  expect(uploaded[0]).toMatch(
    /^s3:\/\/[\w-]*prod-sagemaker-data-222222222222\/mammo-severity\/data\/train-dataset\//,
  );
  const [assumed] = sts.commandCalls(AssumeRoleCommand);
  expect(assumed?.args[0].input.RoleArn).toBe("arn:aws:iam::222222222222:role/OrganizationAccountAccessRole");
});

test("an account that cannot be reached is told before anything is made", async () => {
  sts.on(AssumeRoleCommand).rejects(Object.assign(new Error("no"), { name: "AccessDenied" }));
  expect((await mlops("data prepare --upload prod")).code).toBe(1);
  expect(made).not.toHaveBeenCalled();
});

test("what is wrong with the data is the error", async () => {
  made.mockRejectedValue(new Error("error: my.csv:3: Age is not a number"));
  const { code, err } = await mlops("data prepare --data my.csv");
  expect({ code, err }).toEqual({ code: 1, err: "error: my.csv:3: Age is not a number\n" });
});
