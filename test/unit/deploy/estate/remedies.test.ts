import { Refusal } from "../../../../deploy/estate/refusal";
import { explain, withRemedy } from "../../../../deploy/estate/remedies";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const found = listStacks(readEstate(), models).find(({ id }) => id === "prod-mammo-severity");
if (!found) throw new Error("the tests' estate has prod-mammo-severity");
const stack = found;

test.each([
  ['Error: S3 bucket "mlops-state" does not exist.', "mlops bootstrap prod"],
  ["operation error S3: ListObjectsV2, NoSuchBucket: gone", "mlops bootstrap prod"],
  ["Error acquiring the state lock\nConditionalCheckFailed", "mlops unlock prod-mammo-severity"],
  ["ExpiredToken: too late", "log in again"],
  ["the security token included in the request is expired", "log in again"],
  [
    "PutObject, StatusCode: 403, AccessDenied: not authorized to perform: kms:GenerateDataKey on this resource",
    "a new alias counts after up to five minutes",
  ],
  [
    "Instance cannot be destroyed: lifecycle.prevent_destroy is set",
    "It holds data, or what stands in it, and stays",
  ],
  ["EntityAlreadyExists: Role", "import it (terraform import)"],
  ["topic already exists", "not in the state of prod-mammo-severity"],
])("%s", (reason, remedy) => {
  const [line, ...remedies] = withRemedy(stack, `${reason}\n`).slice(reason.length).split("\n");
  expect(line).toBe("");
  expect(remedies).toHaveLength(1);
  expect(remedies[0]).toMatch(/^→ /);
  expect(remedies[0]).toContain(remedy);
});

test.each([
  "lifecycle.prevent_destroy",
  "BucketAlreadyOwnedByYou",
  "ResourceInUse: Model package group already exists",
])("%s: no remedy is to lose what it holds", (reason) => {
  expect(withRemedy(stack, reason).slice(reason.length)).not.toMatch(
    /delete|destroy|allow|remove|taint|state rm/i,
  );
});

test("of what is not known nothing is made up", () => {
  expect(withRemedy(stack, "Throttling: Rate exceeded")).toBe("Throttling: Rate exceeded");
});

test("several remedies are given where several fit", () => {
  expect(withRemedy(stack, "ExpiredToken\nError acquiring the state lock").match(/→/g)).toHaveLength(2);
});

test("an error is thrown again with its remedy, and with itself as cause", async () => {
  const cause = new Error("ExpiredToken");
  await expect(Promise.reject(cause).catch(explain(stack))).rejects.toMatchObject({
    message: "ExpiredToken\n→ The credentials have run out: log in again",
    cause,
  });
});

test("a refusal lists its reasons, those of several lines below one another", () => {
  const refusal = new Refusal("Nothing was applied", ["one\nmore of it", "two"]);
  expect(refusal.message).toBe("Nothing was applied:\n  one\n  more of it\n  two");
  expect(refusal.reasons).toEqual(["one\nmore of it", "two"]);
});
