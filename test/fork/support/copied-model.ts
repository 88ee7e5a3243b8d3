import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a person renames in a copy of the shipped model's folder, and what makes it tell three classes apart. */
const edits: readonly (readonly [string, string])[] = [
  ["mammo-severity", "tumour-grade"],
  ["mammoSeverity", "tumourGrade"],
  ["mammography-model-notification", "tumour-grade-notification"],
  ["Mammo-", "Grade-"],
  ['objective: "binary:logistic",', 'objective: "multi:softprob",\n      num_class: "3",'],
  ['eval_metric: "auc"', 'eval_metric: "mlogloss"'],
];

/**
 * Adds a second model to a fork, as docs/configuration.md says: its folder is a copy.
 * @returns its name
 */
export function copyModel(repository: string): string {
  const folder = join(repository, "pipelines/tumour-grade");
  cpSync(join(repository, "pipelines/mammo-severity"), folder, { recursive: true });
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".ts")) edit(join(folder, name), edits);
  return "tumour-grade";
}

function edit(file: string, replacements: readonly (readonly [string, string])[]): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    replacements.reduce((edited, [from, to]) => edited.replaceAll(from, to), text),
  );
}
