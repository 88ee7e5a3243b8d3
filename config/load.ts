import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { checkFile, type Checked } from "./check-file";
import { ConfigurationError, type Problem } from "./problems";
import { crossFileRules } from "./rules";
import { account, shared, type Environment, type Estate, type SharedSettings } from "./schema";
import { SourceFile } from "./source-file";

/** What the configuration may refer to beyond its own files. */
export interface Known {
  /** Names of the folders in `pipelines/`. */
  readonly models: readonly string[];
}

const sharedFile = "shared.json";
const schemaFile = "environment.schema.json";
const environmentNamePattern = /^[a-z](?:-?[a-z0-9]){1,15}$/;

/**
 * Reads a folder of environment files into the estate they describe.
 * @throws ConfigurationError with every problem of every file
 */
export function loadEstate(directory: string, known: Known): Estate {
  const files = listFiles(directory);
  const sharedSource = new SourceFile(shownPath(directory, sharedFile), join(directory, sharedFile));
  const checkedShared = checkFile(sharedSource, shared);
  const accounts = files.map((file) => readAccount(directory, file, checkedShared.value));
  const problems = [
    ...checkedShared.problems,
    ...accounts.flatMap(({ problems: own }) => own),
    ...crossFileRules({ accounts, known, shared: checkedShared.value, file: sharedSource.file }),
  ];
  const environments = accounts.flatMap(({ environment }) => environment ?? []);
  if (problems.length > 0 || !checkedShared.value) throw new ConfigurationError(problems);
  return deepFreeze({ shared: checkedShared.value, environments });
}

/** One account file: where its values stand, and the environment it describes if it is sound. */
export interface AccountFile {
  readonly name: string;
  readonly source: SourceFile;
  readonly environment: Environment | undefined;
  readonly problems: readonly Problem[];
}

function readAccount(directory: string, file: string, settings: SharedSettings | undefined): AccountFile {
  const source = new SourceFile(shownPath(directory, file), join(directory, file));
  const name = basename(file, ".json");
  const checked: Checked<Omit<Environment, "name" | "region">> = checkFile(source, account);
  const named = nameProblems(source, name);
  const environment = checked.value && ({ region: settings?.region, ...checked.value, name } as Environment);
  return { name, source, environment, problems: [...named, ...checked.problems] };
}

function nameProblems(source: SourceFile, name: string): Problem[] {
  if (environmentNamePattern.test(name)) return [];
  const rule = "must be named after an environment: 2 to 16 lower-case letters, digits and single dashes";
  return [{ ...source.problem([], `${rule}, starting with a letter`, { showValue: false }), got: `"${name}"` }];
}

function listFiles(directory: string): string[] {
  const shown = relative(process.cwd(), directory) || ".";
  const fail = (file: string, rule: string): never => {
    throw new ConfigurationError([{ file, line: 1, column: 1, path: "", rule }]);
  };
  if (!existsSync(directory)) return fail(shown, "must be a folder of environment files; there is none");
  const files = readdirSync(directory).filter((file) => file.endsWith(".json") && file !== schemaFile);
  if (!files.includes(sharedFile)) return fail(join(shown, sharedFile), "must exist: it says what all accounts share");
  const accounts = files.filter((file) => file !== sharedFile).toSorted();
  return accounts.length > 0 ? accounts : fail(shown, "must hold at least one account file beside shared.json");
}

const shownPath = (directory: string, file: string): string => relative(process.cwd(), join(directory, file));

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
