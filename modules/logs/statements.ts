import { logGroupArn, type Place } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

/** Identity policy: write to streams of one log group. */
export function writeLogsStatement(sid: string, place: Place, logGroup: string): IdentityStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
    Resource: [`${logGroupArn(place, logGroup)}:*`],
  };
}
