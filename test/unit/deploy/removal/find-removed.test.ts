import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { Accounts } from "../../../../deploy/access/accounts";
import { findRemoved, removedBeside } from "../../../../deploy/removal/find-removed";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { mockSts } from "../../../support/sts";

const estate = readEstate();
const stacks = listStacks(estate, models);
const prod = estate.environments.filter(({ name }) => name === "prod");
const s3 = mockClient(S3Client);

/** Makes prod's bucket hold objects, by key. */
function holding(objects: Readonly<Record<string, string>>): void {
  mockSts();
  s3.reset();
  s3.on(ListObjectsV2Command).callsFake(({ Prefix = "" }: { Prefix?: string }) => ({
    Contents: Object.keys(objects)
      .filter((key) => key.startsWith(Prefix))
      .map((Key) => ({ Key })),
  }));
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => ({
    Body: { transformToString: () => Promise.resolve(objects[Key]) },
  }));
}

const state = (...tags: readonly (object | null | undefined)[]): string =>
  JSON.stringify({
    version: 4,
    serial: 1,
    lineage: "a",
    resources: tags.map((tags_all, at) => ({
      mode: "managed",
      type: "aws_sqs_queue",
      name: `queue_${at}`,
      instances: [{ attributes: { tags_all } }],
    })),
  });

const key = (id: string): string => `${id}/terraform.tfstate`;
const ours = state({ project: "mlops" });
const found = async () => (await findRemoved(estate, new Accounts(estate), prod, stacks)).map(({ id }) => id);

test("a stack that the code has no more, and that still holds something", async () => {
  holding({ [key("prod-old")]: ours, [key("prod-empty")]: state(), [key("prod-foundation")]: ours });
  expect(await found()).toEqual(["prod-old"]);
});

test("what a half destroyed stack still has may have no tags", async () => {
  holding({ [key("prod-old")]: state(undefined, null) });
  expect(await found()).toEqual(["prod-old"]);
});

test("what others keep in a bucket whose name is dictated is not ours", async () => {
  holding({
    [key("network")]: ours,
    [key("production-old")]: ours,
    [key("prod-network")]: state({ project: "network" }, null),
    [key("prod-junk")]: "no JSON",
    [key("prod-ancient")]: '{"version": 3, "lineage": "a", "modules": []}',
  });
  expect(await found()).toEqual([]);
});

test("a plan of all names what stands in each account, but where the role may not look", async () => {
  holding({ [key("prod-old")]: ours, [key("dev-old")]: ours });
  const beside = () => removedBeside(estate, new Accounts(estate), stacks, stacks);
  expect(await beside()).toEqual(["dev-old", "prod-old"]);
  const list = (error: Error) =>
    s3.on(ListObjectsV2Command, { Bucket: "mlops-prod-terraform-state-222222222222" }).rejects(error);
  list(Object.assign(new Error("no"), { name: "AccessDenied" }));
  expect(await beside()).toEqual(["dev-old"]);
  list(new Error("SlowDown"));
  await expect(beside()).rejects.toThrow("SlowDown");
});
