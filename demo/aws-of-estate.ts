import { rmSync } from "node:fs";
import type { Estate } from "../config/schema";
import { roleArn } from "../core/arns";
import { startLocalAws, type LocalAws, type LocalAwsOptions } from "../emulator/local-aws";

export interface EstateAwsOptions extends Omit<LocalAwsOptions, "callerAccount" | "authorization"> {
  /** File that gets what was needed: a line of JSON for each need that is new. */
  readonly ledger: string;
}

/**
 * Starts local AWS with the accounts of an estate as they are handed over: empty but for the role that AWS Organizations
 * makes for administrators. From there on, policies count. The caller stands in the CI account, if there is one.
 */
export function startAwsOf(estate: Estate, { ledger, ...options }: EstateAwsOptions): Promise<LocalAws> {
  const { environments, shared } = estate;
  const caller = environments.find(({ kind }) => kind === "ci") ?? environments[0];
  rmSync(ledger, { force: true });
  return startLocalAws({
    ...options,
    callerAccount: caller?.account ?? "",
    authorization: {
      administrators: environments.map((environment) => roleArn(environment, shared.adminRole)),
      ledger,
    },
  });
}
