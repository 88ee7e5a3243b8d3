import { logGroupArn, type AccountRegion } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

/** Identity policy: write to streams of one log group. */
export function writeLogsStatement(sid: string, where: AccountRegion, logGroup: string): IdentityStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
    Resource: [`${logGroupArn(where, logGroup)}:*`],
  };
}
