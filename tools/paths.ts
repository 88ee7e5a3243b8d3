import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { variable } from "./variable";

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

/** The shipped example: what is used as long as there are no environment files of one's own. */
export const exampleEnvironments = join(repository, "environments/example");

/** Where one's own environment files belong, or the folder that `MLOPS_ENVIRONMENTS` names. The product has no file there. */
export function ownEnvironments(): string {
  const folder = variable("MLOPS_ENVIRONMENTS") ?? "environments";
  return isAbsolute(folder) ? folder : join(repository, folder);
}

/** The folder of environment files to use. */
export function environmentsDirectory(): string {
  const own = ownEnvironments();
  return variable("MLOPS_ENVIRONMENTS") === undefined && !hasFiles(own) ? exampleEnvironments : own;
}

const hasFiles = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".json"));
