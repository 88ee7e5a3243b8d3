import { join } from "node:path";
import { loadEstate } from "../../config/load";
import type { Estate } from "../../config/schema";
import { models } from "../../pipelines";

export const repository = join(__dirname, "../..");

/** The shipped estate, or that of another folder of environment files. */
export function readEstate(directory = join(repository, "environments")): Estate {
  return loadEstate(directory, { models: models.map(({ name }) => name) });
}
