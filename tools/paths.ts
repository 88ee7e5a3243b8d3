import { isAbsolute, join } from "node:path";

export const repository = join(__dirname, "..");

/** For `node --require`: runs TypeScript, compiled once. */
export const compileHook = join(repository, "tools/compile/register.js");

/** Everything made on this machine; never under version control. */
export const cache = join(repository, ".cache");

/** What local AWS and its pipeline runner leave on this machine. */
export const localAwsFiles = {
  /** Variables to source after `npm start -- --keep`. */
  environment: join(cache, "local-aws/environment"),
  /** Where a local AWS that was left up is written down. */
  kept: join(cache, "local-aws/kept.json"),
  /** Each execution's step logs: `<execution id>/<step>.log`. */
  stepLogs: join(cache, "local-aws/logs"),
  /** Jobs under way. */
  jobs: join(cache, "local-aws/jobs"),
} as const;

/** The folder of environment files to use: the shipped one, or the one `MLOPS_ENVIRONMENTS` names. */
export function environmentsDirectory(): string {
  const folder = process.env.MLOPS_ENVIRONMENTS ?? "environments";
  return isAbsolute(folder) ? folder : join(repository, folder);
}
