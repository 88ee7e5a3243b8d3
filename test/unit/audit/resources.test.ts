import { resourcesOf } from "../../../audit";
import { contextsOf } from "../../../audit/granted";

const provider = { aws: [{ allowed_account_ids: ["111111111111"], region: "eu-west-1" }] };

test("expressions become what they will be on AWS", () => {
  const resource = {
    aws_sns_topic: { t: { name: "alerts" } },
    aws_kms_key: { k: {} },
    aws_kms_alias: { a: { name: "alias/mine", target_key_id: "${aws_kms_key.k.key_id}" } },
    aws_sns_topic_policy: { p: { arn: "${aws_sns_topic.t.arn}", policy: '{"key":"${aws_kms_key.k.arn}"}' } },
  };
  const policy = resourcesOf("s", { provider, resource }).find(({ type }) => type === "aws_sns_topic_policy");
  expect(policy?.attributes).toEqual({
    arn: "arn:aws:sns:eu-west-1:111111111111:alerts",
    policy: '{"key":"arn:aws:kms:eu-west-1:111111111111:key/mine"}',
  });
});

test("an expression that nothing resolves is named", () => {
  const resource = { aws_sqs_queue: { q: { policy: "${aws_vpc.main.cidr_block}" } } };
  expect(() => resourcesOf("s", { provider, resource })).toThrow(
    "nothing says what ${aws_vpc.main.cidr_block} is on AWS",
  );
});

test("a type of resource that nobody has thought of is named", () => {
  const resource = { aws_secretsmanager_secret: { token: { name: "token" } } };
  expect(() => resourcesOf("s", { provider, resource })).toThrow(
    "audit/arn-of.ts does not say whether policies name a aws_secretsmanager_secret",
  );
});

test("a statement's conditions give a request that meets them, one for each combination of values", () => {
  expect(
    contextsOf({
      StringLike: { "s3:prefix": ["a/*", "b/*"] },
      StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
      Null: { "s3:x-amz-acl": "true" },
      ArnEquals: { "aws:PrincipalArn": "arn:r" },
    }),
  ).toEqual([
    { "s3:prefix": "a/any", "iam:PassedToService": "lambda.amazonaws.com" },
    { "s3:prefix": "b/any", "iam:PassedToService": "lambda.amazonaws.com" },
  ]);
});
