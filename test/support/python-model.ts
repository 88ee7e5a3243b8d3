import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { declaredModel } from "../../pipelines/declared";
import { buildPipelines, type ModelContext } from "../../pipelines/model";
import { repository } from "../../tools/paths";
import { devContextOf } from "./model";
import { temporaryFolder } from "./temporary-folder";

export const declaration = (more: object = {}) =>
  JSON.stringify({ sdk: "2", modelPackageGroup: "g", alertTopic: "t", pipelines: ["train"], ...more });

/** A model in Python, of these files. */
export function pythonModel(files: Readonly<Record<string, string>>, name = "risk") {
  const folder = join(temporaryFolder(), name);
  for (const [file, text] of Object.entries({ "model.json": declaration(), ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return { folder, model: declaredModel(folder, name) };
}

/** Its pipelines, as built for an account. */
export function builtFrom(files: Readonly<Record<string, string>>, context: Partial<ModelContext> = {}) {
  const { model } = pythonModel(files);
  return buildPipelines(model, { ...devContextOf(model), ...context });
}

/** What is said of a model's files, its folder called as in the repository. */
export function complaintOf(files: Readonly<Record<string, string>>): string {
  try {
    builtFrom(files);
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`.replaceAll(/\S*mlops-test-\w+\//g, "pipelines/").replaceAll(repository, "");
  }
  throw new Error("no complaint");
}
