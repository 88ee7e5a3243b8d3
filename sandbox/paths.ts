import { isAbsolute, join } from "node:path";

export const repository = join(__dirname, "..");

/** Everything the sandbox makes; never under version control. */
export const cache = join(repository, ".cache");

/** Variables to source after `npm start -- --keep`. */
export const environmentFile = join(cache, "local-aws/environment");

/** The folder of environment files to use: the shipped one, or the one `MLOPS_ENVIRONMENTS` names. */
export function environmentsDirectory(): string {
  const folder = process.env.MLOPS_ENVIRONMENTS ?? "environments";
  return isAbsolute(folder) ? folder : join(repository, folder);
}
