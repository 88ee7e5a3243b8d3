import { join } from "node:path";
import { readEstate as read } from "../../stacks/known";
import type { Estate } from "../../config/schema";
import { models } from "../../pipelines";

export const repository = join(__dirname, "../..");

/** The shipped estate, or that of another folder of environment files. */
export function readEstate(directory = join(repository, "environments")): Estate {
  return read(directory, models);
}
