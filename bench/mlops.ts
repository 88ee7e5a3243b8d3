import { join } from "node:path";
import { repository } from "../tools/paths";
import { run, type ProcessTiming } from "./timing";

export interface MlopsOptions {
  /** The checkout to run in. @default this one */
  readonly checkout?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly watchMemory?: boolean;
  /** Exit codes that are no failure. @default [0]: nothing is pending */
  readonly accepted?: readonly number[];
}

/** Exit code of a plan that found changes. */
export const changesPending = 3;

/** Runs the command line program as its users do, without npx. */
export const mlops = (
  args: readonly string[],
  { checkout = repository, environment = {}, watchMemory = false, accepted = [0] }: MlopsOptions = {},
): Promise<ProcessTiming> =>
  run(
    {
      program: process.execPath,
      args: [join(checkout, "cli/mlops.js"), ...args],
      directory: checkout,
      environment,
      accepted,
    },
    watchMemory,
  );
