import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { AccountAccess } from "../../../deploy/access/account-access";
import { tools } from "../../support/tools";

const program = `
import sys, boto3
_, name, value = sys.argv
boto3.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=value, StateReason="a test says so")
`;

/** Sets an alarm off, or ends it, as an administrator of its account may. */
export async function setAlarmState(
  access: AccountAccess,
  alarm: string,
  state: "ALARM" | "OK",
): Promise<void> {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = await access.credentials();
  await promisify(execFile)(tools().python, ["-c", program, alarm, state], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_DEFAULT_REGION: access.region,
    },
  });
}
