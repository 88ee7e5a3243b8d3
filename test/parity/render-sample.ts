import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { declaredModel } from "../../pipelines/declared";
import { buildPipelines } from "../../pipelines/model";
import { repository } from "../../tools/paths";
import { devContextOf } from "../support/model";

/** The sample in Python, as it is deployed. Its argument is a folder, which gets a golden file of all its pipelines. */
const [, , directory = ""] = process.argv;
const name = "diabetes-progression";
const model = declaredModel(join(repository, "pipelines", name), name);
const definitions = Object.entries(buildPipelines(model, devContextOf(model))).map(([short, pipeline]) => [
  short,
  JSON.parse(pipeline.render()) as object,
]);
// A script's hash says which; its content is tested beside it.
const text = JSON.stringify(Object.fromEntries(definitions), undefined, 2).replaceAll(
  /\/scripts\/[0-9a-f]{12}\//g,
  "/scripts/HASH/",
);
writeFileSync(join(directory, `${name}.json`), `${text}\n`);
