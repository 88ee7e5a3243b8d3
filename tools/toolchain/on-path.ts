import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Every executable file of a name in the folders of a `PATH`, in its order. */
export function onPath(name: string, path: string = process.env.PATH ?? ""): string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
