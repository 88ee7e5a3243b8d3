import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { dataObjects, makeDataSets, uploadDataSets } from "../../../operate/data-sets";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();

const dataSets = {
  script: join(folder, "make.js"),
  trainingPrefix: "model/train/",
  training: { first: "one.csv", later: "two.csv" },
  batchPrefix: "model/batch/",
  batch: { clean: "clean.csv", drifted: "drifted.csv" },
};

/** Node.js stands in for Python: what is run, and with what, is the same. */
const make = async (script: string, data?: string) => {
  writeFileSync(dataSets.script, script);
  return makeDataSets({ python: process.execPath, dataSets, data, out: join(folder, "out") });
};

test("the model's script gets the source and the folder, and its lines are the answer", async () => {
  const script = 'console.log(process.argv.slice(2).join("|")); console.log("second line");';
  expect(await make(script, "my.csv")).toEqual([`--data|my.csv|--out|${folder}/out`, "second line"]);
  expect(await make(script)).toEqual([`--out|${folder}/out`, "second line"]);
});

test("what the script says of bad data is the error", async () => {
  const failing = 'console.error("error: my.csv:3: Age is not a number"); process.exit(1);';
  await expect(make(failing)).rejects.toThrow("error: my.csv:3: Age is not a number");
  await expect(make("process.exit(1);")).rejects.toThrow(`${dataSets.script} failed`);
});

test("every file belongs where the pipelines look, and the later training file only with all", () => {
  const first = [
    { file: "one.csv", key: "model/train/one.csv" },
    { file: "clean.csv", key: "model/batch/clean.csv" },
    { file: "drifted.csv", key: "model/batch/drifted.csv" },
  ];
  expect(dataObjects(dataSets, "first")).toEqual(first);
  const later = { file: "two.csv", key: "model/train/two.csv" };
  expect(dataObjects(dataSets, "all")).toEqual([first[0], later, ...first.slice(1)]);
});

test("files are written under their keys, and their URIs are the answer", async () => {
  const s3 = mockClient(S3Client);
  s3.on(PutObjectCommand).resolves({});
  for (const { file } of dataObjects(dataSets, "all")) writeFileSync(join(folder, file), `rows of ${file}`);
  const uris = await uploadDataSets(new S3Client({}), "bucket", folder, dataObjects(dataSets, "all"));
  expect(uris).toEqual([
    "s3://bucket/model/train/one.csv",
    "s3://bucket/model/train/two.csv",
    "s3://bucket/model/batch/clean.csv",
    "s3://bucket/model/batch/drifted.csv",
  ]);
  const written = s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
  expect(written).toContainEqual({
    Bucket: "bucket",
    Key: "model/train/two.csv",
    Body: Buffer.from("rows of two.csv"),
  });
});
