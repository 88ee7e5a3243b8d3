import { dataLostWith } from "../../../../deploy/plans/summary/data-loss";
import { synthesisedStacks } from "../../../support/synthesised";

const protectedTypes = new Set(
  Object.values(synthesisedStacks()).flatMap(({ resource }) =>
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.values(byName).some(({ lifecycle }) => lifecycle?.prevent_destroy) ? [type] : [],
    ),
  ),
);

test("the estate protects keys, buckets and model package groups", () => {
  expect([...protectedTypes]).toEqual(
    expect.arrayContaining(["aws_kms_key", "aws_s3_bucket", "aws_sagemaker_model_package_group"]),
  );
});

test.each([...protectedTypes])("%s, which the code protects, is known to hold data", (type) => {
  expect(dataLostWith(type)).toEqual(expect.any(String));
});

test.each(["aws_cloudwatch_log_group", "aws_sqs_queue"])(
  "%s holds data although nothing protects it",
  (type) => {
    expect(dataLostWith(type)).toEqual(expect.any(String));
  },
);

test.each(["aws_iam_role", "aws_s3_bucket_policy"])("%s holds none", (type) => {
  expect(dataLostWith(type)).toBeUndefined();
});
