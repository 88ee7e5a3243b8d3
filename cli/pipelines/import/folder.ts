import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { importedPipeline } from "../../../pipelines/imported";
import { defineModel, type ModelContext, type ModelDefinition } from "../../../pipelines/model";
import { UsageError } from "../../errors";
import { formatted } from "../../new/formatted";
import { addModelFile, makeModelFolder } from "../../new/model-folder";
import { textOfFile, type ImportedDefinition } from "./imported";

const modelFile = "model.ts";

/** A folder of models, and what an import makes of the one of a name. */
export interface ModelPlace {
  /** The folder that models' folders are in. */
  readonly pipelines: string;
  readonly name: string;
  /** The model that has the name already. */
  readonly standing: ModelDefinition | undefined;
}

/**
 * The model with an imported pipeline.
 * @throws UsageError where its folder takes no imports, has that pipeline, or registers elsewhere
 */
export function modelWith(place: ModelPlace, { pipeline, file, group }: ImportedDefinition): ModelDefinition {
  const { name, standing } = place;
  const own = { [pipeline]: (context: ModelContext) => importedPipeline(file, context) };
  if (!standing)
    return defineModel({
      ...{ name, modelPackageGroup: group ?? `${name}-model-package`, alertTopic: `${name}-notification` },
      ...{ scripts: [], pipelines: own, triggers: {} },
    });
  if (!takesImports(join(place.pipelines, name, modelFile)))
    throw new UsageError(`pipelines/${name} is there already, and takes no imported definitions`);
  if (pipeline in standing.pipelines)
    throw new UsageError(`pipelines/${name} has a pipeline "${pipeline}" already: --pipeline names another`);
  if (group !== undefined && group !== standing.modelPackageGroup)
    throw new UsageError(
      `pipelines/${name} registers in the model package group ${standing.modelPackageGroup}, the definition in ${group}`,
    );
  return defineModel({ ...standing, pipelines: { ...standing.pipelines, ...own } });
}

const takesImports = (path: string): boolean =>
  existsSync(path) && readFileSync(path, "utf8").includes("importedPipelines(");

/**
 * Writes an imported pipeline to its model's folder, and then does what goes with it: all or nothing.
 * @returns what is new, by its path in the repository
 */
export async function writeImported(
  { pipelines, name, standing }: ModelPlace,
  { modelPackageGroup }: ModelDefinition,
  imported: ImportedDefinition,
  then: () => void,
): Promise<string[]> {
  const file = `definitions/${imported.pipeline}.json`;
  const text = await formatted(join(pipelines, name, file), textOfFile(imported));
  if (standing) addModelFile(join(pipelines, name, file), text, then);
  else {
    const files = new Map([
      [modelFile, modelFileText(name, modelPackageGroup)],
      [file, text],
    ]);
    makeModelFolder(pipelines, name, files, then);
  }
  return [...(standing ? [] : [modelFile]), file].map((each) => `pipelines/${name}/${each}`);
}

/** `model.ts` of a model whose pipelines are definitions out of an account. */
const modelFileText = (name: string, group: string): string => `import { join } from "node:path";
import { importedPipelines } from "../imported";
import { defineModel } from "../model";

/** Its pipelines are definitions out of an account, as \`mlops pipelines import\` keeps them. */
export const model = defineModel({
  name: "${name}",
  modelPackageGroup: "${group}",
  alertTopic: "${name}-notification",
  scripts: [],
  pipelines: importedPipelines(join(__dirname, "definitions")),
  triggers: {},
});
`;
