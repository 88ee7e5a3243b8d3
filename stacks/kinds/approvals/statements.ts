import { queueArn, secretArn, tableArn, type AccountRegion } from "../../../core/arns";
import { partitionOf } from "../../../core/partition";
import type { IdentityStatement } from "../../../core/policy";
import { useByAliasStatement } from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";

export interface ReleaseTriggerNames {
  readonly claims: string;
  readonly deadLetterQueue: string;
  readonly keyAlias: string;
  readonly logGroup: string;
}

/** What the function that asks the CI server may do: read its secrets, keep claims, tell what it failed of, and log. */
export function releaseTriggerStatements(
  where: AccountRegion,
  names: ReleaseTriggerNames,
  tokenSecrets: readonly string[],
): IdentityStatement[] {
  return [
    allow(
      "Token",
      ["secretsmanager:GetSecretValue"],
      ...tokenSecrets.map((secret) => secretArn(where, secret)),
    ),
    allow("Claims", ["dynamodb:GetItem", "dynamodb:UpdateItem"], tableArn(where, names.claims)),
    allow("Undelivered", ["sqs:SendMessage"], queueArn(where, names.deadLetterQueue)),
    keyStatement(where, names.keyAlias),
    writeLogsStatement("Logs", where, names.logGroup),
  ];
}

/** Its key is used by these services for it, and by nobody by hand. */
function keyStatement(where: AccountRegion, alias: string): IdentityStatement {
  const { Condition, ...statement } = useByAliasStatement(
    "OwnKey",
    where,
    [alias],
    ["kms:Decrypt", "kms:GenerateDataKey*"],
  );
  const services = ["dynamodb", "secretsmanager", "sqs"];
  const via = services.map((service) => `${service}.${where.region}.${partitionOf(where.region).dnsSuffix}`);
  return { ...statement, Condition: { ...Condition, StringEquals: { "kms:ViaService": via } } };
}

const allow = (
  Sid: string,
  Action: readonly string[],
  ...Resource: readonly string[]
): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});
