import { expiringPrefixes } from "../../../core/retention";
import { changes } from "../../support/changed-estate";
import { mammoSeverity } from "../../support/mammo-severity";
import { only } from "../../support/synth";
import { changedStacks, stackOf, synthesisedStacks } from "../../support/synthesised";

interface Rule {
  readonly id: string;
  readonly filter: readonly [{ readonly prefix: string }];
  readonly expiration?: readonly [{ readonly days: number }];
}

const rulesOf = (stacks: ReturnType<typeof synthesisedStacks>) =>
  (only(stackOf(stacks, "prod-foundation"), "aws_s3_bucket_lifecycle_configuration").rule as readonly Rule[])
    .filter(({ expiration }) => expiration !== undefined)
    .map(({ id, filter, expiration }) => [id, filter[0].prefix, expiration?.[0].days]);

test("no object expires unless the environment's file says so", () => {
  expect(rulesOf(synthesisedStacks())).toEqual([]);
});

test("each model's predictions and splits expire after the days that the environment gives", () => {
  expect(rulesOf(changedStacks(changes["predictions and splits given days"]))).toEqual([
    ["expire-predictions-of-mammo-severity", "mammo-severity/inference/", 90],
    ["expire-splits-of-mammo-severity", "mammo-severity/splits/", 30],
  ]);
});

test("what endpoints capture expires after days of its own", () => {
  const stacks = changedStacks({ files: { "prod.json": { retention: { captures: 14 } } } });
  expect(rulesOf(stacks)).toEqual([["expire-captures-of-mammo-severity", "mammo-severity/captured/", 14]]);
});

test("of what the pipelines name in the data bucket, splits and what inference writes expire, and nothing else", () => {
  const text = Object.values(mammoSeverity()).map((pipeline) => pipeline.render());
  const keys = [...text.join("\n").matchAll(/s3:\/\/[^/"]*sagemaker-data[^/"]*\/([^"]*)"/g)].map(
    ([, key = ""]) => key,
  );
  const prefixes = Object.values(expiringPrefixes("mammo-severity"));
  const expires = (key: string) => prefixes.some((prefix) => `${key}/`.startsWith(prefix));
  const folders = (found: readonly string[]) =>
    [...new Set(found.map((key) => key.split("/")[1]))].toSorted();
  expect(folders(keys.filter(expires))).toEqual(["inference", "splits"]);
  expect(folders(keys.filter((key) => !expires(key)))).toEqual(["data", "scripts", "train"]);
});
