import { join } from "node:path";
import { driftOfStack } from "../../deploy/drift/drift-stack";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { planStack } from "../../deploy/plans/plan-stack";
import { AppliedEstate } from "../support/applied-estate";
import { tamperWith } from "./support/tampering";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  await tamperWith(applied, "prod");
});
afterAll(() => applied.stop());

const driftOf = (id: string) => driftOfStack(applied, applied.stack(id), () => undefined);

test("of a foundation: what somebody else has changed or added", async () => {
  const drift = await driftOf("prod-foundation");
  expect(drift.map(({ address, attributes }) => [address.split(".")[0], attributes[0]?.path])).toEqual([
    ["aws_iam_role", "inline_policy[backdoor]"],
    ["aws_s3_bucket_versioning", "versioning_configuration[0].status"],
  ]);
});

test("of a model: what somebody else has changed or removed", async () => {
  const drifts = (await driftOf("prod-mammo-severity")).map(({ address, drift }) => [
    address.split(".")[0],
    drift,
  ]);
  expect(drifts).toContainEqual(["aws_cloudwatch_event_target", "gone"]);
  expect(drifts).toContainEqual(["aws_cloudwatch_event_rule", "changed"]);
});

test("the plan that puts it right says that it repairs configuration drift, and changes nothing else", async () => {
  const folder = new PlanFolder(join(applied.folder, "repair"));
  const stack = applied.stack("prod-mammo-severity");
  folder.prepare([stack.id]);
  const { summary } = await planStack(
    { runs: applied.runs, accounts: applied.accounts, folder },
    stack,
    () => undefined,
  );
  expect(
    summary.changes.map(({ address, action, repairs }) => [address.split(".")[0], action, repairs]),
  ).toEqual([
    ["aws_cloudwatch_event_rule", "change", "all"],
    ["aws_cloudwatch_event_target", "create", "all"],
  ]);
});
