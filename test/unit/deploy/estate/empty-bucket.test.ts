import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { emptyBucket } from "../../../../deploy/estate/state-bucket";

const s3 = mockClient(S3Client);
beforeEach(() => s3.reset());

const versions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Key: `state-${index}`, VersionId: `v${index}` }));
const refusals = (count: number) =>
  versions(count).map((version) => ({ ...version, Code: "AccessDenied", Message: "Access Denied" }));

test("a bucket is emptied page by page, versions and delete markers alike", async () => {
  s3.on(ListObjectVersionsCommand)
    .resolvesOnce({ Versions: versions(2) })
    .resolvesOnce({ DeleteMarkers: versions(1) })
    .resolves({});
  s3.on(DeleteObjectsCommand).resolves({});
  await emptyBucket(new S3Client(), "states");
  expect(s3.commandCalls(DeleteObjectsCommand).map(({ args }) => args[0].input.Delete?.Objects)).toEqual([
    versions(2),
    versions(1),
  ]);
});

test("it ends at the first page of which S3 refuses a key, and names it", async () => {
  s3.on(ListObjectVersionsCommand).resolves({ Versions: versions(3) });
  s3.on(DeleteObjectsCommand).resolves({ Errors: refusals(1) });
  await expect(emptyBucket(new S3Client(), "states")).rejects.toThrow(
    "S3 does not delete 1 object version in states:\n  state-0 (v0): AccessDenied: Access Denied",
  );
  expect(s3.commandCalls(DeleteObjectsCommand)).toHaveLength(1);
});

test("of many refused keys it names five", async () => {
  s3.on(ListObjectVersionsCommand).resolves({ Versions: versions(9) });
  s3.on(DeleteObjectsCommand).resolves({ Errors: refusals(9) });
  await expect(emptyBucket(new S3Client(), "states")).rejects.toThrow(
    /^S3 does not delete 9 object versions in states:(\n {2}state-\d \(v\d\): AccessDenied: Access Denied){5}\n {2}and 4 more$/,
  );
});
