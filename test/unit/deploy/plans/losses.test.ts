import { lossRefusals } from "../../../../deploy/plans/permitted-losses";

const bucket = { address: "aws_s3_bucket.data", action: "destroy", losing: "objects" } as const;
const key = { address: "aws_kms_key.key", action: "replace", losing: "the means to read" } as const;
const plans = [
  { id: "dev-foundation", losses: [bucket, key] },
  { id: "prod-foundation", losses: [key] },
];

test("what holds data is refused by name, with what would let it go", () => {
  expect(lossRefusals(plans, [])).toEqual([
    "dev-foundation: would destroy aws_s3_bucket.data and lose objects; to let it: --allow-destroy 'aws_s3_bucket.data'",
    "dev-foundation: would replace aws_kms_key.key and lose the means to read; the plan says what forces a new one: take that back",
    "prod-foundation: would replace aws_kms_key.key and lose the means to read; the plan says what forces a new one: take that back",
  ]);
});

test("an address allows the one resource that it names", () => {
  const allowed = ["aws_s3_bucket.data", "dev-foundation/aws_kms_key.key", "prod-foundation/aws_kms_key.key"];
  expect(lossRefusals(plans, allowed)).toEqual([]);
});

test("an address that several stacks have allows none of them", () => {
  expect(lossRefusals(plans, ["aws_s3_bucket.data", "aws_kms_key.key"])).toHaveLength(2);
});

test("an address that nothing has is a mistake, and refused", () => {
  expect(lossRefusals([], ["aws_s3_bucket.dta"])).toEqual([
    "--allow-destroy aws_s3_bucket.dta: no plan here destroys that",
  ]);
});

test("what an earlier run has let go may be allowed once more, but needs it no longer", () => {
  const [applied, left] = plans;
  if (!applied || !left) throw new Error("two plans");
  const allowed = ["aws_s3_bucket.data", "dev-foundation/aws_kms_key.key"];
  expect(lossRefusals([left], [...allowed, "prod-foundation/aws_kms_key.key"], [applied])).toEqual([]);
  expect(lossRefusals([left], ["prod-foundation/aws_kms_key.key"], [applied])).toEqual([]);
});

test("a second run takes an address for no other stack's than the first did", () => {
  const [applied, left] = plans;
  if (!applied || !left) throw new Error("two plans");
  expect(lossRefusals([left], ["aws_kms_key.key"], [applied])).toEqual([
    "prod-foundation: would replace aws_kms_key.key and lose the means to read; the plan says what forces a new one: take that back",
  ]);
});
