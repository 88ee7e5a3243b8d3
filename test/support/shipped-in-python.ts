import { cpSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../tools/paths";
import { temporaryFolder } from "./temporary-folder";

/**
 * A folder with the shipped model in Python, and the very scripts of the one in TypeScript.
 * @param fixture of test/fixtures/models-in-python: it is written for each SDK
 */
export function shippedInPython(fixture: "mammo-severity" | "mammo-severity-sdk3"): string {
  const folder = join(temporaryFolder(), "mammo-severity");
  cpSync(join(repository, "test/fixtures/models-in-python", fixture), folder, { recursive: true });
  cpSync(join(repository, "pipelines/mammo-severity/scripts"), join(folder, "scripts"), { recursive: true });
  return folder;
}
