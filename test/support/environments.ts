import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder";

const fixtures = join(__dirname, "../fixtures");
const folderOf = (mistake: string): string => join(fixtures, "environments", mistake);

/** Environment files of the tests' own, as an adopter has others in `environments/`: dev, prod, registry, jenkins. */
export const estateFolder = join(fixtures, "estate");

/** The same with roles for daily work: what the access matrix is of. */
export const estateWithRoles = join(fixtures, "estate-with-roles");

/** Names of the mistakes that a user can make in environment files. */
export const mistakes = readdirSync(join(fixtures, "environments"));

/**
 * A new folder of environment files with one mistake: the small valid estate, with the mistake's files in place of its
 * own and without those that its `without.txt` lists.
 */
export function environmentsWith(mistake: string): string {
  const folder = temporaryFolder();
  cpSync(join(fixtures, "small-estate"), folder, { recursive: true });
  cpSync(folderOf(mistake), folder, { recursive: true });
  for (const name of linesOf(join(folder, "without.txt"))) rmSync(join(folder, name));
  return folder;
}

/** What must be said about a mistake, to the letter; each line starts with the file's name. */
export const problemsOf = (mistake: string): string[] => linesOf(join(folderOf(mistake), "problems.txt"));

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
