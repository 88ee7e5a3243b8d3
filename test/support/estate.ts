import { join } from "node:path";
import { readEstate as read } from "../../stacks/known";
import type { Estate } from "../../config/schema";
import { models } from "../../pipelines";
import { estateFolder } from "./environments";

export const repository = join(__dirname, "../..");

/** The estate of a folder of environment files. @param directory by default the tests' own */
export function readEstate(directory = estateFolder): Estate {
  return read(directory, models);
}
