import { parseArgs } from "node:util";

export interface StartOptions {
  /** Leave local AWS up and write the variables that point tools at it. */
  readonly keep: boolean;
  /** Print the result as JSON on standard output; progress goes to standard error. */
  readonly json: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm start [-- OPTIONS]

Applies every stack of every account to a local AWS on this machine, and shows that nothing is pending afterwards.

  --keep    leave local AWS up; prints how to point Terraform, the AWS CLI and SDKs at it (npm stop ends it)
  --json    print the result as JSON
  --help    print this

MLOPS_ENVIRONMENTS=DIR takes the environment files from another folder.
Exit codes: 0 applied and nothing pending, 1 failed, 2 bad configuration or usage, 130 interrupted.`;

/** @throws TypeError for an unknown option */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ args: [...args], options: { keep: flag, json: flag, help: flag } });
  return values;
}
