import type { AccountFile } from "./account-file";
import type { Path, Problem } from "./problems";
import { bucketsAreUnique, rolesAreUnique, stacksAreUnique } from "./rules-names";
import {
  promotionEnds,
  promotionStaysInRegistry,
  referencesExist,
  regionIsThatOfRegistry,
} from "./rules-references";
import { didYouMean } from "./suggest";

/** All files together, for what no file shows alone. Values that have a problem of their own are left out. */
export interface Files {
  readonly accounts: readonly AccountFile[];
  readonly shared: { readonly region?: string; readonly adminRole?: string };
  /** Names of the models in `pipelines/`. */
  readonly models: readonly string[];
}

/** A rule that is broken by the value, or only by the key, at a path of one file. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly at?: "key";
}

/** One rule about one file among the others. */
export type Rule = (file: AccountFile, files: Files) => readonly Finding[];

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
