import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { UsageError } from "../errors";
import { formatted } from "./formatted";
import { camelCase, type ModelFiles } from "./model-folder";

/** The languages that a model's pipelines may be in. */
export type Language = "typescript" | "python";

/** The model that new ones are copies of. */
export const sampleName = "mammo-severity";
const sample = `pipelines/${sampleName}`;
/** The same in Python, without the scripts, data and tests that both have. */
const samplePython = `test/fixtures/models-in-python/${sampleName}`;

/**
 * The files of a new model: the sample's own, under the new name.
 * @throws UsageError where the repository has the sample no more
 */
export async function filesOfSample(
  repository: string,
  name: string,
  language: Language,
): Promise<ModelFiles> {
  const folders = language === "python" ? [sample, samplePython] : [sample];
  const gone = folders.find((folder) => !existsSync(join(repository, folder)));
  if (gone !== undefined) throw new UsageError(`There is no ${gone}, which new models are copies of`);
  const files = folders.flatMap((folder) =>
    filesIn(join(repository, folder))
      .filter((file) => language === "typescript" || folder === samplePython || isShared(file))
      .map((file) => [file, join(repository, folder, file)] as const),
  );
  const copied = files.map(
    async ([file, path]) => [file, await contentOf(repository, { file, path, name, language })] as const,
  );
  return new Map(await Promise.all(copied));
}

const isShared = (file: string): boolean => /^(scripts|data|test)\//.test(file);

/** What programs leave behind is no part of it. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll(sep, "/"),
    )
    .filter((file) => !/(^|\/)(__pycache__|\.[^/]+)(\/|$)/.test(file));

interface Copied {
  readonly file: string;
  readonly path: string;
  readonly name: string;
  readonly language: Language;
}

async function contentOf(
  repository: string,
  { file, path, name, language }: Copied,
): Promise<string | Buffer> {
  if (file.startsWith("data/")) return readFileSync(path);
  const text = renamed(
    language === "python" ? forPython(readFileSync(path, "utf8")) : readFileSync(path, "utf8"),
    name,
  );
  return /\.(ts|json)$/.test(file) ? formatted(join(repository, "pipelines", name, file), text) : text;
}

/** The sample's tests of its definitions, of what `model.json` declares. */
const forPython = (text: string): string =>
  text
    .replace(
      'import { mammoSeverity } from "../model";',
      'import { join } from "node:path";\nimport { declaredModel } from "../../declared";\n' +
        'import type { RenderedPipeline } from "../../definition";\nimport { buildPipelines } from "../../model";',
    )
    .replace(
      /const (\w+) = mammoSeverity\.pipelines\.\w+\(devContextOf\(mammoSeverity\)\);/,
      'const model = declaredModel(join(__dirname, ".."), "mammo-severity");\n' +
        'const { $1 } = buildPipelines(model, devContextOf(model)) as Record<"$1", RenderedPipeline>;',
    )
    .replace("../../../../pipelines/model.schema.json", "../model.schema.json");

/** What bears the sample's name. Names of steps and files have as many letters as before, so that no line grows. */
function renamed(text: string, name: string): string {
  const names: Readonly<Record<string, string>> = {
    "mammography-model-notification": `${name}-notification`,
    "mammo-severity": name,
    mammoSeverity: constantName(name),
    "mammo-train-": "model-train-",
    "mammo-batch-": "model-batch-",
    "Mammo-": "Model-",
    '"Mammo"': '"Model"',
    "Severity (benign or malignant) of a mammographic mass, by XGBoost.":
      "A binary classifier by XGBoost, begun as a copy of the sample.",
  };
  const pattern = new RegExp(
    Object.keys(names)
      .map((each) => each.replaceAll(/[().]/g, String.raw`\$&`))
      .join("|"),
    "g",
  );
  return text.replaceAll(pattern, (found) => names[found] ?? found);
}

/** A name of one word may be a word of the language's. */
const constantName = (name: string): string => (name.includes("-") ? camelCase(name) : `${name}Model`);
