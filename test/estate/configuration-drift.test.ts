import { driftOfStack } from "../../deploy/drift/drift-stack";
import { AppliedEstate } from "../support/applied-estate";
import { tamperWith } from "./support/tampering";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
  await tamperWith(applied, "prod");
});
afterAll(() => applied.stop());

const driftOf = (id: string) => driftOfStack(applied.runs, applied.stack(id), () => undefined);

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
