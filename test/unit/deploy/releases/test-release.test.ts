import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { mockClient } from "aws-sdk-client-mock";
import { heldOutRows } from "../../../../deploy/releases/held-out";
import { testEndpoint } from "../../../../deploy/releases/test-release";
import { scoringAtOnce } from "../../../../operate/scoring";

const runtime = mockClient(SageMakerRuntimeClient);
const atOnce = scoringAtOnce(new SageMakerRuntimeClient({}), "e");
afterEach(() => runtime.reset());

/** 150 rows, label first: the first feature is the label but for every tenth. */
const rows = Array.from({ length: 150 }, (_, row) => [
  row % 2,
  row % 10 === 0 ? 1 - (row % 2) : row % 2,
  row,
]);
const heldOut = {
  text: rows.map((row) => `${row.join(",")}\n`).join(""),
  uri: "s3://data/test.csv",
  recordedAuc: 0.9,
};

/** An endpoint whose score is a row's first feature. */
function scoring(separator: string): void {
  runtime.on(InvokeEndpointCommand).callsFake(({ Body }: { Body: Buffer }) => {
    const features = Body.toString().trim().split("\n");
    return { Body: Buffer.from(features.map((row) => row.split(",")[0]).join(separator)) };
  });
}

test.each([",", "\n"])(
  "held-out rows are scored without their labels, some at a time (parted by %j)",
  async (by) => {
    scoring(by);
    const report = await testEndpoint(atOnce, heldOut);
    expect(report).toMatchObject({ rows: 150, recordedAuc: 0.9, passed: true });
    expect(report.auc).toBeCloseTo(0.9, 12);
    const sent = runtime.commandCalls(InvokeEndpointCommand).map(({ args: [{ input }] }) => input);
    expect(
      sent.map(
        ({ Body }) =>
          Buffer.from(Body as Uint8Array)
            .toString()
            .trim()
            .split("\n").length,
      ),
    ).toEqual([100, 50]);
    expect(sent[0]).toMatchObject({ EndpointName: "e", ContentType: "text/csv" });
  },
);

test("a model that scores worse than when it was registered does not pass", async () => {
  scoring(",");
  const worse = { ...heldOut, recordedAuc: 0.91 };
  const report = await testEndpoint(atOnce, worse);
  expect(report.passed).toBe(false);
});

test("defect 12.3: an answer that says success and nothing else is no test", async () => {
  runtime.on(InvokeEndpointCommand).resolves({ Body: Buffer.from("ok") as never });
  await expect(testEndpoint(atOnce, heldOut)).rejects.toThrow(
    "e must answer 100 rows with as many scores, got: 1",
  );
});

test("held-out rows are found by the evaluation, or there are none", async () => {
  await expect(heldOutRows(new S3Client({}), "s3://data/elsewhere.json")).rejects.toThrow(
    "held-out rows are found by …/evaluation/evaluation.json, and the version's evaluation is s3://data/elsewhere.json",
  );
});

test("held-out rows are the split of the execution that evaluated, which training leaves in its own place", async () => {
  const s3 = mockClient(S3Client);
  const uri = "s3://data/mammo-severity/train/run7/evaluation/evaluation.json";
  const evaluation = JSON.stringify({ classification_metrics: { auc: { value: 0.9 } } });
  const holds = (Key: string, text: string) =>
    s3.on(GetObjectCommand, { Bucket: "data", Key }).resolves({
      Body: { transformToString: () => Promise.resolve(text) } as never,
    });
  s3.on(GetObjectCommand).rejects(new Error("The specified key does not exist."));
  holds("mammo-severity/train/run7/evaluation/evaluation.json", evaluation);
  await expect(heldOutRows(new S3Client({}), uri)).rejects.toThrow(
    "s3://data/mammo-severity/splits/run7/test/test.csv cannot be read: The specified key does not exist.",
  );
  holds("mammo-severity/train/run7/test/test.csv", "before");
  expect(await heldOutRows(new S3Client({}), uri)).toMatchObject({ text: "before", recordedAuc: 0.9 });
  holds("mammo-severity/splits/run7/test/test.csv", "rows");
  expect(await heldOutRows(new S3Client({}), uri)).toMatchObject({
    text: "rows",
    uri: "s3://data/mammo-severity/splits/run7/test/test.csv",
  });
});
