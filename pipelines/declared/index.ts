import { join, relative } from "node:path";
import { repository } from "../../tools/paths";
import { defineModel, type ModelDefinition } from "../model";
import { ModelError } from "../model-error";
import { pythonPipelines } from "../python/pipelines";
import { wholeData } from "./data";
import { readLocated } from "./located";
import { declarationSchema } from "./schema";

export { declarationJsonSchema, declarationSchemaFile } from "./schema";

/** What declares a model whose pipelines are in Python. */
const declaration = "model.json";

/**
 * A model that `model.json` declares and whose pipelines `pipeline.py` beside it gives.
 * @throws ModelError naming file, line and column of all that is wrong in it
 */
export function declaredModel(folder: string, name: string): ModelDefinition {
  const file = relative(repository, join(folder, declaration));
  const located = readLocated(join(folder, declaration), file);
  const parsed = declarationSchema.safeParse(located.value);
  if (!parsed.success)
    throw new ModelError(
      parsed.error.issues
        .map(({ path, message }) =>
          located.complain(
            path.filter((key) => typeof key !== "symbol"),
            message,
          ),
        )
        .join("\n"),
    );
  const {
    sdk,
    modelPackageGroup,
    alertTopic,
    pipelines: names,
    triggers,
    permissions,
    ...data
  } = parsed.data;
  const { pipelines, prepare } = pythonPipelines(
    { model: name, folder, file: "pipeline.py", sdk, names },
    { statements: permissions, complain: (at, message) => located.complain(["permissions", ...at], message) },
  );
  return defineModel({
    name,
    modelPackageGroup,
    alertTopic,
    scripts: [],
    pipelines,
    triggers,
    prepare,
    ...wholeData({ model: name, folder }, data),
  });
}
