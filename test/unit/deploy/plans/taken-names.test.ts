import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { Accounts } from "../../../../deploy/access/accounts";
import { takenNames } from "../../../../deploy/plans/taken-names";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { mockSts } from "../../../support/sts";
import { temporaryFolder } from "../../../support/temporary-folder";

const estate = readEstate();
const stacks = listStacks(estate, models);
const only = (...ids: string[]) => stacks.filter(({ id }) => ids.includes(id));
const folder = temporaryFolder();
const directoryOf = (id: string): string => join(folder, id);
const s3 = mockClient(S3Client);

const resource = (type: string, attributes: object) => ({
  mode: "managed",
  type,
  name: "alerts",
  instances: [{ attributes }],
});

/** A topic with its policy, as a state has them. */
function topicIn(stack: string, name: string): [key: string, text: string] {
  const arn = `arn:aws:sns:us-east-1:111111111111:${name}`;
  const resources = [resource("aws_sns_topic", { name, arn }), resource("aws_sns_topic_policy", { arn })];
  return [`${stack}/terraform.tfstate`, JSON.stringify({ version: 4, serial: 1, lineage: "a", resources })];
}

/** Makes dev's bucket hold these states. */
function holding(...states: [key: string, text: string][]): void {
  const objects = new Map(states);
  mockSts();
  s3.reset();
  s3.on(ListObjectsV2Command).callsFake(({ Prefix = "" }: { Prefix?: string }) => ({
    Contents: [...objects.keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
  }));
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => ({
    Body: { transformToString: () => Promise.resolve(objects.get(Key)) },
  }));
}

function writeCode(stack: string, name: string): void {
  mkdirSync(directoryOf(stack), { recursive: true });
  const aws_sns_topic = { alerts: { name } };
  const aws_sns_topic_policy = { alerts: { arn: "${aws_sns_topic.alerts.arn}" } };
  const code = { resource: { aws_sns_topic, aws_sns_topic_policy } };
  writeFileSync(join(directoryOf(stack), "cdk.tf.json"), JSON.stringify(code));
}

const [one, other] = ["dev-mammo-severity", "dev-foundation"] as const;
const taken = (...ids: string[]) => takenNames(new Accounts(estate), only(...ids), directoryOf);

test("names swapped between two stacks: each would destroy what the other makes", async () => {
  holding(topicIn(one, "a"), topicIn(other, "b"));
  writeCode(one, "b");
  writeCode(other, "a");
  const line = (stack: string, name: string, holder: string): string =>
    `${stack}: aws_sns_topic "${name}" in account 111111111111, us-east-1 is still ${holder}'s (aws_sns_topic.alerts), ` +
    "which has to give it up first, in a plan of its own; two that swap names need a third one in between";
  expect((await taken(one, other)).toSorted()).toEqual([line(other, "a", one), line(one, "b", other)]);
});

test("an account's bucket is listed once, and each state read once", async () => {
  holding(topicIn(one, "a"), topicIn(other, "b"), topicIn("dev-old", "c"));
  writeCode(one, "a");
  writeCode(other, "b");
  expect(await taken(one, other)).toEqual([]);
  const listed = s3.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input.Prefix);
  expect(listed.filter((prefix) => prefix === undefined)).toHaveLength(1);
  expect(listed.filter((prefix) => prefix?.startsWith(one))).toHaveLength(1);
});

test("a name that another stack still has, whether that one is applied now or not", async () => {
  holding(topicIn(other, "b"));
  writeCode(one, "b");
  expect(await taken(one)).toHaveLength(1);
});

test("one's own name is no other's, and what another has given up is free", async () => {
  holding(topicIn(one, "a"));
  writeCode(one, "a");
  expect(await taken(one)).toEqual([]);
  writeCode(one, "b");
  expect(await taken(one)).toEqual([]);
});

test("a stack that the code has no more goes first: AWS takes no topic over", async () => {
  holding(topicIn("dev-old", "a"));
  writeCode(one, "a");
  expect(await taken(one)).toEqual([
    `${one}: aws_sns_topic "a" in account 111111111111, us-east-1 is still dev-old's (aws_sns_topic.alerts), ` +
      "which the code has no more: mlops destroy dev-old first, or give this one another name",
  ]);
});

test("the CI server may not look for what the code has no more", async () => {
  holding(topicIn("prod-old", "a"));
  writeCode("prod-mammo-severity", "a");
  expect(await taken("prod-mammo-severity")).toEqual([]);
  expect(s3.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input.Prefix)).not.toContain(
    undefined,
  );
});
