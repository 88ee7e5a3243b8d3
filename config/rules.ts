import type { Problem } from "./problems";
import type { Files, Rule } from "./rule";
import { bucketsAreUnique, rolesAreUnique, stacksAreUnique } from "./rules-names";
import {
  promotionEnds,
  promotionStaysInRegistry,
  referencesExist,
  regionIsThatOfRegistry,
} from "./rules-references";
import { didYouMean } from "./suggest";

/** An account is one environment: two would fight over the same state and roles. */
const accountIsUnique: Rule = (file, { accounts }) => {
  const { account } = file.draft;
  const others = accounts.filter(
    (other) => other !== file && account !== undefined && other.draft.account === account,
  );
  if (others.length === 0) return [];
  const where = others.map(({ name }) => `${name}.json`).join(", ");
  return [
    { path: ["account"], message: `must be the account of one environment only, but is also in ${where}` },
  ];
};

const modelsExist: Rule = ({ draft }, { models }) =>
  Object.keys(draft.models ?? {})
    .filter((model) => !models.includes(model))
    .map((model) => ({
      path: ["models", model],
      at: "key",
      message: `must be a model of pipelines/${hint(model, models)}`,
    }));

const hint = (model: string, models: readonly string[]): string =>
  didYouMean(model, models) ||
  (models.length > 0 ? ` (there are: ${models.join(", ")})` : ", but there is none");

const rules: readonly Rule[] = [
  accountIsUnique,
  modelsExist,
  referencesExist,
  regionIsThatOfRegistry,
  promotionStaysInRegistry,
  promotionEnds,
  bucketsAreUnique,
  rolesAreUnique,
  stacksAreUnique,
];

/** Every problem that shows only when the files are read together. */
export function crossFileProblems(files: Files): Problem[] {
  return files.accounts.flatMap((file) =>
    rules
      .flatMap((rule) => rule(file, files))
      .map(({ path, message, at }) =>
        at === "key" ? file.source.atKey(path, message) : file.source.atValue(path, message),
      ),
  );
}
