import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { UsageError } from "../errors";
import { formatted } from "./formatted";
import { camelCase, type ModelFiles } from "./model-folder";

/** The languages that a model's pipelines may be in. */
export type Language = "typescript" | "python";

/** The models that new ones are copies of. */
export const samples: Readonly<Record<Language, string>> = {
  typescript: "mammo-severity",
  python: "diabetes-progression",
};

/**
 * The files of a new model: the sample's own, under the new name.
 * @throws UsageError where the repository has the sample no more
 */
export async function filesOfSample(
  repository: string,
  name: string,
  language: Language,
): Promise<ModelFiles> {
  const sample = `pipelines/${samples[language]}`;
  const folder = join(repository, sample);
  if (!existsSync(folder)) throw new UsageError(`There is no ${sample}, which new models are copies of`);
  const copied = filesIn(folder).map(
    async (file) => [file, await contentOf(repository, { file, path: join(folder, file), name })] as const,
  );
  return new Map(await Promise.all(copied));
}

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
}

async function contentOf(repository: string, { file, path, name }: Copied): Promise<string | Buffer> {
  if (file.startsWith("data/")) return readFileSync(path);
  const text = renamed(readFileSync(path, "utf8"), name);
  return /\.(ts|json)$/.test(file) ? formatted(join(repository, "pipelines", name, file), text) : text;
}

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
    "diabetes-progression-notification": `${name}-notification`,
    "diabetes-progression": name,
    "diabetes-": "forecast-",
    "Diabetes-": "Forecast-",
    '"Diabetes"': '"Forecast"',
    "Progression of diabetes within a year, by XGBoost:": "A regression by XGBoost, begun as the sample:",
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
