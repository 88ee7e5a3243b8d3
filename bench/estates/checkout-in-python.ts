import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cache, repository } from "../../tools/paths";
import { sdkVersions } from "../../tools/sagemaker-sdk/environment";

/** What synthesis needs none of. */
const leftOut = new Set([
  ".git",
  ".cache",
  "node_modules",
  "cdktf.out",
  "coverage",
  "plan",
  "test",
  "bench",
  "environments",
]);
const model = "pipelines/mammo-severity";

/**
 * This checkout's files, but with the shipped model in Python, and with the packages and caches of this one; what it renders it
 * keeps for itself. What is in the folder goes.
 */
export function makeCheckoutInPython(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, ".cache/sagemaker-sdk"), { recursive: true });
  for (const name of readdirSync(repository))
    if (!leftOut.has(name)) cpSync(join(repository, name), join(folder, name), { recursive: true });
  for (const name of readdirSync(join(folder, model)))
    if (name.endsWith(".ts")) rmSync(join(folder, model, name));
  cpSync(join(repository, "test/fixtures/models-in-python/mammo-severity"), join(folder, model), {
    recursive: true,
  });
  const lent = readdirSync(cache).filter((name) => name !== "sagemaker-sdk");
  const sdks = sdkVersions.map((sdk) => `.cache/sagemaker-sdk/${sdk}`);
  for (const name of ["node_modules", ...lent.map((each) => `.cache/${each}`), ...sdks])
    if (existsSync(join(repository, name))) symlinkSync(join(repository, name), join(folder, name), "dir");
}

/** Has a checkout render everything anew. */
export const forgetRenderings = (folder: string): void => {
  rmSync(join(folder, ".cache/sagemaker-sdk/rendered"), { recursive: true, force: true });
};
