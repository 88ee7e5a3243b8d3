import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { missing, present, type Finding } from "../../deploy/doctor";
import { cache } from "../../tools/paths";
import { findPython } from "../../tools/python/find-python";

/** Python and its virtual environment, for the local AWS, local runs and data sets; makes nothing. */
export async function checkPython(folder = join(cache, "python"), path?: string): Promise<Finding> {
  try {
    const python = await findPython(path);
    return environmentIn(folder)
      ? present("Python", python)
      : missing("Python", `${python}, without its packages`, "run npm run setup, which installs them");
  } catch (error) {
    const [found = "", ...rest] = (error as Error).message.split("\n");
    const remedy = rest.find((line) => line.startsWith("Remedy: "))?.replace("Remedy: ", "");
    return missing("Python", found, remedy ?? "install Python 3");
  }
}

const environmentIn = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => /^environment-[0-9a-f]{12}$/.test(name));
