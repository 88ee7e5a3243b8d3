import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { InvokeEndpointAsyncCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { mockClient } from "aws-sdk-client-mock";
import { scoringByS3 } from "../../../operate/requests";

const runtime = mockClient(SageMakerRuntimeClient);
const s3 = mockClient(S3Client);
const asked = {
  runtime: new SageMakerRuntimeClient({}),
  s3: new S3Client({}),
  endpoint: "e",
  bucket: "data",
  requestPrefix: "m/captured/requests/",
};

/** What stands in S3 by now, by key. */
function holds(objects: Readonly<Record<string, string>>): void {
  s3.on(ListObjectsV2Command).callsFake(({ Prefix }: { Prefix: string }) => ({
    KeyCount: Prefix in objects ? 1 : 0,
  }));
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => ({
    Body: { transformToString: () => Promise.resolve(objects[Key]) },
  }));
}

beforeEach(() => {
  runtime.reset();
  s3.reset();
  runtime.on(InvokeEndpointAsyncCommand).resolves({
    OutputLocation: "s3://data/m/answers/1.out",
    FailureLocation: "s3://data/m/failures/1-error.out",
  });
});

test("rows are put into the bucket, and scores taken from where the endpoint says they will be", async () => {
  holds({ "m/answers/1.out": "0.25,0.75" });
  const { scores } = await scoringByS3(asked).score(["1,2", "3,4"]);
  expect(scores).toEqual([0.25, 0.75]);
  const put = s3.commandCalls(PutObjectCommand)[0]?.args[0].input;
  expect(put).toMatchObject({
    Bucket: "data",
    Key: expect.stringMatching(/^m\/captured\/requests\/[-0-9a-f]{36}\.csv$/) as string,
    Body: "1,2\n3,4\n",
  });
  expect(runtime.commandCalls(InvokeEndpointAsyncCommand)[0]?.args[0].input).toMatchObject({
    EndpointName: "e",
    InputLocation: `s3://data/${put?.Key}`,
    ContentType: "text/csv",
  });
});

test("a request that failed says why, and one that nobody answers where its answer would be", async () => {
  holds({ "m/failures/1-error.out": "Received client error (400)" });
  await expect(scoringByS3(asked).score(["1"])).rejects.toThrow("e failed: Received client error (400)");
  holds({});
  await expect(scoringByS3({ ...asked, waitMilliseconds: 0 }).score(["1"])).rejects.toThrow(
    "e has not answered in time; its answer would be s3://data/m/answers/1.out",
  );
});

test("Ctrl-C ends the waiting", async () => {
  holds({});
  const interrupt = new AbortController();
  const scored = scoringByS3({ ...asked, signal: interrupt.signal }).score(["1"]);
  interrupt.abort();
  await expect(scored).rejects.toThrow("The operation was aborted");
});

test("an answer of anything but scores is no answer", async () => {
  holds({ "m/answers/1.out": "ok" });
  await expect(scoringByS3(asked).score(["1", "2"])).rejects.toThrow(
    "e must answer 2 rows with as many scores",
  );
  runtime.on(InvokeEndpointAsyncCommand).resolves({ OutputLocation: "elsewhere" });
  await expect(scoringByS3(asked).score(["1"])).rejects.toThrow("must say where an answer will be");
});
