import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import type { Problem } from "./problems";
import { fileProblem } from "./source-file";

export const sharedFileName = "shared.json";
export const schemaFileName = "environment.schema.json";

/** What is in a folder of environment files. */
export interface Folder {
  readonly readable: boolean;
  /** Paths of the account files, sorted by name. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** Data files that were probably meant to be environment files; anything else, such as a README, may stand beside. */
const mistaken = [".jsonc", ".json5", ".yaml", ".yml", ".toml", ".tfvars"];

/** Lists the account files in a folder. Hidden files are passed over. */
export function listAccountFiles(directory: string): Folder {
  try {
    const names = readdirSync(directory)
      .filter((name) => !name.startsWith(".") && name !== sharedFileName && name !== schemaFileName)
      .toSorted();
    const files = names.filter((name) => name.endsWith(".json")).map((name) => join(directory, name));
    const none =
      files.length === 0
        ? [fileProblem(directory, "must hold at least one account file, such as dev.json")]
        : [];
    return {
      readable: true,
      files,
      problems: [...none, ...names.flatMap((name) => extensionProblem(directory, name))],
    };
  } catch (error) {
    return {
      readable: false,
      files: [],
      problems: [fileProblem(directory, folderProblem(error as NodeJS.ErrnoException))],
    };
  }
}

function extensionProblem(directory: string, name: string): Problem[] {
  const extension = extname(name).toLowerCase();
  const wrong = mistaken.includes(extension) || (extension === ".json" && !name.endsWith(".json"));
  return wrong ? [fileProblem(join(directory, name), "must end in .json to be an environment file")] : [];
}

function folderProblem({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return "must be a folder of environment files, but does not exist";
  if (code === "ENOTDIR") return "must be a folder of environment files, but is a file";
  return `must be readable (${code ?? message})`;
}
