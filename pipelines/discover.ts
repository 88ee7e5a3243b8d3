import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isModel, type ModelDefinition } from "./model";
import { ModelError, modelError } from "./model-error";

const file = "model.ts";

/** Models that `model.json` declares bring checks of theirs, which others do without. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
const declared = () => require("./declared") as typeof import("./declared");
const declaration = "model.json";

/**
 * The models in a folder: each folder in it with a `model.ts` or a `model.json`, by name.
 * @throws ModelError naming file and line where a model's own code fails, or is none
 */
export const discoverModels = (directory: string): ModelDefinition[] =>
  readdirSync(directory)
    .toSorted()
    .filter((name) => [file, declaration].some((each) => existsSync(join(directory, name, each))))
    .map((name) =>
      existsSync(join(directory, name, file))
        ? loadModel(directory, name)
        : declared().declaredModel(join(directory, name), name),
    );

function loadModel(directory: string, folder: string): ModelDefinition {
  const path = join(directory, folder, file);
  const found = Object.values(load(path, join(directory, folder))).filter(isModel);
  const [model] = found;
  if (!model || found.length > 1)
    throw new ModelError(
      `pipelines/${folder}/${file} must export one model, made by defineModel, got: ${found.length}`,
    );
  if (model.name !== folder)
    throw new ModelError(
      `pipelines/${folder}/${file}: name must be that of its folder, "${folder}", got: "${model.name}"`,
    );
  return model;
}

function load(path: string, folder: string): object {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known only now
    return require(path) as object;
  } catch (error) {
    throw modelError(error, folder);
  }
}
