import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Edits = readonly (readonly [string, string])[];

/** What a person renames in a copy of the shipped model's folder. */
const names: Edits = [
  ["mammo-severity", "tumour-grade"],
  ["mammoSeverity", "tumourGrade"],
  ["mammography-model-notification", "tumour-grade-notification"],
  ["Mammo-", "Grade-"],
];

/** What makes it tell three classes apart. */
const classes: Edits = [
  ['objective: "binary:logistic",', 'objective: "multi:softprob",\n      num_class: "3",'],
  ['eval_metric: "auc"', 'eval_metric: "mlogloss"'],
];

/**
 * Adds a second model to a fork, as docs/configuration.md says: its folder is a copy.
 * @returns its name
 */
export function copyModel(repository: string): string {
  const name = "tumour-grade";
  cpSync(join(repository, "pipelines/mammo-severity"), join(repository, "pipelines", name), {
    recursive: true,
  });
  editModel(repository, name, names);
  tellThreeClasses(repository, name);
  return name;
}

export const tellThreeClasses = (repository: string, name: string): void => {
  editModel(repository, name, classes);
};

function editModel(repository: string, name: string, edits: Edits): void {
  const folder = join(repository, "pipelines", name);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (file.endsWith(".ts")) edit(join(folder, file), edits);
}

function edit(file: string, replacements: Edits): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    replacements.reduce((edited, [from, to]) => edited.replaceAll(from, to), text),
  );
}
