import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder";

/**
 * Takes the place of `templates/seed-folders.ts` in a test file that changes seeds:
 * `jest.mock("…/templates/seed-folders", () => jest.requireActual<object>("…/support/changing-seeds"))`.
 */
export const seedFolders = temporaryFolder();
cpSync(join(__dirname, "../fixtures/seeds"), seedFolders, { recursive: true });

/** @param path of a file below `templates/` */
export function changeSeed(path: string, content: string): void {
  writeFileSync(join(seedFolders, path), content);
}
