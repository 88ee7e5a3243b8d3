import { roleArn, type AccountRegion } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

/** Identity policy of the deploy role: hand each role to the services that use it, and to no other. */
export function passRolesStatements(
  where: AccountRegion,
  executionRole: string,
  functionRoles: readonly string[],
): IdentityStatement[] {
  const pass = (sid: string, roles: readonly string[], services: readonly string[]): IdentityStatement => ({
    Sid: sid,
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: roles.map((role) => roleArn(where, role)),
    Condition: { StringEquals: { "iam:PassedToService": services } },
  });
  return [
    pass("PassExecutionRole", [executionRole], ["sagemaker.amazonaws.com", "events.amazonaws.com"]),
    pass("PassLambdaRole", functionRoles, ["lambda.amazonaws.com"]),
  ];
}
