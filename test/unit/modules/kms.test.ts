import { KmsKey } from "../../../modules/kms/kms-key";
import * as kms from "../../../modules/kms/statements";
import { billOfMaterials, only, statementsOf, synthesise } from "../../support/synth";

const place = { account: "222222222222", region: "us-east-1" };

const stack = () =>
  synthesise((scope) => {
    new KmsKey(scope, "key", {
      description: "Test",
      accountRegion: place,
      alias: "alias/test",
      statements: [kms.rulesAndAlarmsStatement(place.account)],
    });
  });

test("a key is a key and its alias", () => {
  expect(billOfMaterials(stack())).toEqual({ aws_kms_alias: 1, aws_kms_key: 1 });
});

test("a key rotates, waits 30 days before it is gone, and Terraform will not destroy it", () => {
  expect(only(stack(), "aws_kms_key")).toMatchObject({
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
});

test("kms:* is given to the account root alone", () => {
  const statements = statementsOf(only(stack(), "aws_kms_key").policy);
  const administrators = statements.filter(({ Action }) => Action.includes("kms:*"));
  expect(administrators.map(({ Principal }) => Principal)).toEqual([
    { AWS: ["arn:aws:iam::222222222222:root"] },
  ]);
});

test("an account that only reads gets no action that encrypts", () => {
  const statement = kms.readByRolesStatement("Read", place, ["arn:aws:iam::222222222222:role/r"]);
  expect(statement.Action).toEqual(["kms:Decrypt", "kms:DescribeKey"]);
});

test("use through an alias allows the account's keys only where they carry the alias", () => {
  expect(kms.useByAliasStatement("Use", place, ["alias/test"])).toEqual({
    Sid: "Use",
    Effect: "Allow",
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: ["arn:aws:kms:us-east-1:222222222222:key/*"],
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/test"] } },
  });
});

test("CloudWatch Logs may use the key for log groups of the account only", () => {
  expect(kms.logsUseStatement(place)).toMatchObject({
    Principal: { Service: ["logs.us-east-1.amazonaws.com"] },
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:222222222222:log-group:*" },
    },
  });
});
