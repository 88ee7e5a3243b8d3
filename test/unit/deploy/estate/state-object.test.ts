import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { StateObject } from "../../../../deploy/estate/state-object";
import { models } from "../../../../pipelines";
import { recordKey, stateKey } from "../../../../core/state-keys";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { synthesisedStacks, stackOf } from "../../../support/synthesised";

const estate = readEstate();
const found = listStacks(estate, models).find(({ id }) => id === "prod-mammo-severity");
if (!found) throw new Error("the tests' estate has prod-mammo-severity");
const stack = found;

const s3 = mockClient(S3Client);
const credentials = () => Promise.resolve({ accessKeyId: "id", secretAccessKey: "secret" });
const access = { region: "us-east-1", credentials, maxAttempts: 1 };
const object = new StateObject(estate, stack, access);
const key = stateKey(stack.id);

beforeEach(() => {
  s3.reset();
  holding({});
});

/** Makes the bucket hold objects, by key. */
function holding(objects: Readonly<Record<string, string>>): void {
  s3.on(ListObjectsV2Command).callsFake(({ Prefix }: { Prefix: string }) => ({
    Contents: Object.keys(objects)
      .filter((Key) => Key.startsWith(Prefix))
      .map((Key) => ({ Key })),
  }));
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => {
    const text = objects[Key];
    if (text === undefined) throw new NoSuchKey({ message: "none", $metadata: {} });
    return { Body: { transformToString: () => Promise.resolve(text) } };
  });
}

const lockFile = JSON.stringify({
  ID: "5c5a",
  Operation: "OperationTypeApply",
  Info: "",
  Who: "ann@laptop",
  Version: "1.11.4",
  Created: "2025-01-31T23:00:00Z",
  Path: "x",
});

test("looks where the synthesised backend keeps the state", async () => {
  const { bucket, key: kept } = stackOf(synthesisedStacks(), stack.id).terraform.backend.s3;
  await object.read();
  expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input).toEqual({ Bucket: bucket, Prefix: kept });
});

test("no state is serial 0 of no lineage, and nobody holds a lock on it", async () => {
  expect((await object.read()).resources).toEqual([]);
  expect(await object.version()).toEqual({ serial: 0, lineage: "" });
  expect(await object.lock()).toBeUndefined();
  // Without the right to list, S3 calls a missing object denied: it is not asked for.
  expect(s3.commandCalls(GetObjectCommand)).toHaveLength(0);
});

test("what was applied is on record beside the state, and what somebody else put there is none", async () => {
  const record = {
    ...{
      version: 1 as const,
      stack: stack.id,
      appliedAt: "2025-01-31T23:00:00.000Z",
      planHash: "a".repeat(64),
    },
    ...{ manifestDigest: null, commit: "c", requireApproval: true, approvedBy: "bob", build: null },
  };
  expect(await object.record()).toBeUndefined();
  await object.putRecord(record);
  const [put] = s3.commandCalls(PutObjectCommand);
  expect(put?.args[0].input).toMatchObject({ Key: "prod-mammo-severity/applied.json" });
  holding({ [recordKey(stack.id)]: put?.args[0].input.Body as string, [key]: "{}" });
  expect(await object.record()).toEqual(record);
  holding({ [recordKey(stack.id)]: '{"requireApproval": false}' });
  expect(await object.record()).toBeUndefined();
});

test("a state says its serial and lineage, and nothing else of it is kept", async () => {
  const state = JSON.stringify({ version: 4, serial: 7, lineage: "line", resources: [] });
  holding({ [key]: state });
  expect(await object.version()).toEqual({ serial: 7, lineage: "line" });
  expect(await object.read()).toEqual(JSON.parse(state));
  expect(await object.lock()).toBeUndefined();
});

test("a lock says who holds it, for what and since when, even where there is no state yet", async () => {
  holding({ [`${key}.tflock`]: lockFile });
  expect(await object.lock()).toEqual({
    id: "5c5a",
    who: "ann@laptop",
    operation: "OperationTypeApply",
    since: "2025-01-31T23:00:00Z",
  });
  s3.resetHistory();
  expect((await object.read()).resources).toEqual([]);
  expect(s3.commandCalls(GetObjectCommand)).toHaveLength(0);
});

test("a lock that is released between being seen and being read is free", async () => {
  holding({ [`${key}.tflock`]: lockFile });
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: "none", $metadata: {} }));
  expect(await object.lock()).toBeUndefined();
});

const failing = (name: string) =>
  new S3ServiceException({ name, message: name, $fault: "client", $metadata: {} });

test("an account without a bucket has no state", async () => {
  s3.on(ListObjectsV2Command).rejects(failing("NoSuchBucket"));
  expect(await object.version()).toEqual({ serial: 0, lineage: "" });
});

test("what may not be read is not taken for missing", async () => {
  s3.on(ListObjectsV2Command).rejects(failing("AccessDenied"));
  await expect(object.version()).rejects.toThrow("AccessDenied");
  await expect(object.lock()).rejects.toThrow("AccessDenied");
});

test.each(["", "null", "[]", "{", '{"version": 3, "serial": 1, "lineage": "a", "modules": []}'])(
  "what lies in a state's place and is none is named with its place: %j",
  async (text) => {
    holding({ [key]: text });
    await expect(object.read()).rejects.toThrow(
      "s3://mlops-prod-terraform-state-222222222222/prod-mammo-severity/terraform.tfstate is no state of Terraform's (format 4)",
    );
  },
);

test.each(["", "null", "{"])("a lock file of nobody's is a lock: %j", async (text) => {
  holding({ [`${key}.tflock`]: text });
  expect(await object.lock()).toEqual({
    id: "unknown",
    who: "unknown",
    operation: "unknown",
    since: "unknown",
  });
});
