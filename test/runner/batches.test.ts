import { gzipSync } from "node:zlib";
import { executionIdOf } from "../../core/execution-id";
import { bucket, RunnerSandbox } from "../support/runner-sandbox";
import { createModel, train, trainingData, trainParameters, transform } from "../support/xgboost-steps";

const sandbox = new RunnerSandbox();

/** The same transform step with other settings. */
const scoring = (Name: string, prefix: string, CompressionType = "None") => ({
  ...transform,
  Name,
  Arguments: {
    ...transform.Arguments,
    TransformInput: {
      ...transform.Arguments.TransformInput,
      CompressionType,
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/${prefix}` } },
    },
  },
});

/** One whose output has a row's name and its score. */
function joined(name: string, prefix: string, InputFilter: string) {
  const step = scoring(name, prefix);
  const DataProcessing = { InputFilter, JoinSource: "Input", OutputFilter: "$[0,-1]" };
  return { ...step, Arguments: { ...step.Arguments, DataProcessing } };
}

const odd = ["a b+c.csv", "50%25 é ü.csv", "deep/=&$@,;.csv", ".hidden.csv", "part-0.csv'(1)!~*"];

beforeAll(async () => {
  await sandbox.start();
  const files: Record<string, string | Uint8Array> = {
    "training/": "", // what the console makes of a folder
    "training/_SUCCESS": "",
    "training/.part-0.csv.crc": "crc",
    "training/part-0.csv": trainingData(200),
    "training/deep/part-1 +%.csv": trainingData(20).replaceAll("\n", "\r\n"),
    "zipped/rows.csv.gz": gzipSync("9,1\n0,1\n"),
    "spark/part-0.csv": "9,1\n",
    "spark/part-1.csv": "9\n",
    "spark/_SUCCESS": "",
    "elsewhere/../../x.csv": "9,1\n",
    "both/a": "9,1\n",
    "both/a/b": "9,1\n",
    "named/rows.csv": '"Jo, ""the first""",9,1\nAnn,0,1\n',
  };
  for (const name of odd) files[`odd/${name}`] = "9,1\n0,1\n";
  for (const [key, content] of Object.entries(files)) await sandbox.put(key, content);
});
afterAll(() => sandbox.stop());

test("files are trained on and scored as people and Spark leave them, and what cannot be is named", async () => {
  const steps = [
    scoring("Zipped", "zipped/", "Gzip"),
    scoring("Odd", "odd/"),
    scoring("Spark", "spark/"),
    scoring("NotZipped", "spark/part-0", "Gzip"),
    scoring("Elsewhere", "elsewhere/"),
    scoring("Both", "both/"),
    joined("Joined", "named/", "$[1:]"),
    joined("Narrow", "named/", "$[3]"),
  ].map((step) => ({
    ...step,
    Arguments: {
      ...step.Arguments,
      TransformOutput: {
        ...step.Arguments.TransformOutput,
        S3OutputPath: `s3://${bucket}/scores/${step.Name}`,
      },
    },
  }));
  await sandbox.deploy("batches", { Parameters: trainParameters, Steps: [train, createModel, ...steps] });
  const { arn, steps: ended } = await sandbox.run("batches");
  const ends = Object.entries(ended).map(([name, { FailureReason }]) => [name, FailureReason ?? "Succeeded"]);
  expect(Object.fromEntries(ends)).toEqual({
    Train: "Succeeded",
    "Serve-CreateModel": "Succeeded",
    Zipped: "Succeeded",
    Odd: "Succeeded",
    Spark:
      "ClientError: _SUCCESS holds no rows: batch transform takes every object of the prefix; part-1.csv:1 must have 2 columns, got: 1, exit code: 1",
    NotZipped: expect.stringMatching(
      /^ClientError: part-0\.csv cannot be unpacked, and the job's CompressionType is Gzip: /,
    ) as string,
    Elsewhere: 'ClientError: the key "elsewhere/../../x.csv" leads out of its folder',
    Joined: "Succeeded",
    Narrow: "ClientError: rows.csv:1 has 3 columns, and $[3] takes others, exit code: 1",
    Both: expect.stringMatching(/^ClientError: the key "both\/a(\/b)?" is no file's: /) as string,
  });
  expect(sandbox.log(arn, "Train")).toContain("Train matrix has 220 rows and 2 features");
  const scores = await sandbox.get("scores/Zipped/rows.csv.gz.out");
  expect(scores.trim().split("\n")).toHaveLength(2);
  expect((await sandbox.keys("scores/Odd/")).toSorted()).toEqual(
    odd.map((name) => `scores/Odd/${name}.out`).toSorted(),
  );
  for (const name of odd) expect(await sandbox.get(`scores/Odd/${name}.out`)).toBe(scores);
  const [first = "", second = ""] = scores.trim().split("\n");
  expect(await sandbox.get("scores/Joined/rows.csv.out")).toBe(
    `"Jo, ""the first""",${first}\nAnn,${second}\n`,
  );
  expect(await sandbox.keys("scores/Spark/")).toEqual(["scores/Spark/part-0.csv.out"]);
  expect(await sandbox.keys(`runs/${executionIdOf(arn)}/scores/`)).toEqual([]);
});

test("a compressed channel is refused in File mode, for which AWS's interface has none", async () => {
  const [channel] = train.Arguments.InputDataConfig;
  const InputDataConfig = [{ ...channel, CompressionType: "Gzip" }];
  const Steps = [{ ...train, Arguments: { ...train.Arguments, InputDataConfig } }];
  await sandbox.deploy("compressed", { Parameters: trainParameters, Steps });
  await expect(sandbox.run("compressed")).rejects.toThrow(
    'step Train: InputDataConfig[].CompressionType must be None for the runner, got: "Gzip"',
  );
});
