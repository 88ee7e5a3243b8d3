import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { Context } from "../../../cli/context";
import { removedStacks } from "../../../cli/estate/stack-session";
import { models } from "../../../pipelines";
import { listStacks } from "../../../stacks/list";
import { changedEstate } from "../../support/changed-estate";
import { mockSts } from "../../support/sts";
import { Kept } from "./support";

const { folder } = changedEstate({
  files: { "prod-eu.json": { kind: "workload", account: "666666666666", registry: "registry" } },
});
const context = new Context(
  { directory: "/", variables: {}, out: new Kept(), err: new Kept() },
  { environments: folder },
);
const s3 = mockClient(S3Client);
const resource = { mode: "managed", type: "aws_sqs_queue", name: "queue", instances: [{}] };
const state = JSON.stringify({ version: 4, serial: 1, lineage: "a", resources: [resource] });

const find = (id: string) =>
  removedStacks(context, listStacks(context.estate, models), { ids: [id], removed: "by id" });

beforeEach(() => {
  mockSts();
  s3.reset();
  s3.on(ListObjectsV2Command).resolves({ Contents: [] });
});

test("it is looked for in each account that may have it: one environment's name may begin another's", async () => {
  s3.on(ListObjectsV2Command, { Bucket: "mlops-prod-eu-terraform-state-666666666666" }).resolves({
    Contents: [{ Key: "prod-eu-old/terraform.tfstate" }],
  });
  s3.on(GetObjectCommand).callsFake(() => ({ Body: { transformToString: () => Promise.resolve(state) } }));
  expect((await find("prod-eu-old")).map(({ id, environment }) => [id, environment.name])).toEqual([
    ["prod-eu-old", "prod-eu"],
  ]);
});

test("that its account cannot be asked is said, unless it looks like a typing error", async () => {
  s3.on(ListObjectsV2Command).rejects(new Error("out of reach"));
  await expect(find("prod-of-long-ago")).rejects.toThrow("out of reach");
  expect(await find("prod-mamo-severity")).toEqual([]);
});
