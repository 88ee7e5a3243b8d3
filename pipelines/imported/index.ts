import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { repository } from "../../tools/paths";
import { RenderedPipeline } from "../definition";
import type { RenderedDefinition } from "../definition/rendered/json";
import { ModelError } from "../model-error";
import type { ModelContext, PipelineBuilder } from "../model";
import { underHouseRules } from "../python/house-rules";
import { readDefinitionFile, type DefinitionFile } from "./definition-file";
import { respaced } from "./spacing";
import { withValues } from "./stand-ins";

/**
 * Pipelines whose definitions came out of an account (`mlops pipelines import`), by short name: one for each file of a folder.
 * @throws ModelError naming a file that is none
 */
export const importedPipelines = (folder: string): Readonly<Record<string, PipelineBuilder>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .toSorted()
      .map((file) => {
        const place = relative(repository, join(folder, file));
        const kept = told(place, () => readDefinitionFile(readFileSync(join(folder, file), "utf8")));
        return [basename(file, ".json"), (context) => told(place, () => importedPipeline(kept, context))];
      }),
  );

function told<Result>(place: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new ModelError(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * A pipeline as its definition has it, to the byte, with the account's values; where the house puts something in, that as well.
 * @throws Error naming the step that says what may not be, or whose needs cannot be derived
 */
export function importedPipeline(file: DefinitionFile, context: ModelContext): RenderedPipeline {
  const text = respaced(withValues(file.text, context), file.spacing);
  const definition = JSON.parse(text) as RenderedDefinition;
  const ruled = underHouseRules(definition, context);
  const same = isDeepStrictEqual(ruled, definition);
  const pipeline = new RenderedPipeline({ ...context, name: file.name }, ruled, {
    text: same ? text : undefined,
  });
  // What no permission can be derived of is told now, beside the file that it is in.
  pipeline.permissions();
  return pipeline;
}
