import { join } from "node:path";
import { readAccountFile, type AccountFile } from "./account-file";
import { accountSchema } from "./account-schema";
import { checkFile } from "./check-file";
import { listAccountFiles, sharedFileName } from "./folder";
import type { Known } from "./known";
import { withoutPipelines } from "./partial-account";
import { ConfigurationError } from "./problems";
import { crossFileProblems } from "./rules";
import { sharedSchema, type Environment, type Estate, type SharedSettings } from "./schema";
import { SourceFile } from "./source-file";

/**
 * Reads a folder of environment files into the estate they describe, with defaults resolved.
 * @throws ConfigurationError with every problem in every file
 */
export function loadEstate(directory: string, known: Known): Estate {
  const folder = listAccountFiles(directory);
  if (!folder.readable) throw new ConfigurationError(folder.problems);
  const shared = checkFile(SourceFile.read(join(directory, sharedFileName)), sharedSchema);
  const schema = accountSchema(known);
  const pipelineless = known.models.filter(({ pipelines }) => pipelines.length === 0).map(({ name }) => name);
  const accounts = folder.files
    .map((file) => readAccountFile(file, schema))
    .map((file) => ({ ...file, partial: withoutPipelines(file.partial, pipelineless) }));
  const problems = [
    ...folder.problems,
    ...shared.problems,
    ...accounts.flatMap((account) => account.problems),
    ...crossFileProblems({ accounts, known, shared: shared.value ?? shared.valid ?? {} }),
  ];
  if (problems.length > 0 || !shared.value) throw new ConfigurationError(problems);
  const settings = withoutSchema(shared.value);
  return freeze({ shared: settings, environments: accounts.map((account) => resolve(account, settings)) });
}

function resolve({ name, settings }: AccountFile, shared: SharedSettings): Environment {
  if (!settings) throw new Error(`environment ${name} has problems that were not reported`);
  return { ...withoutSchema(settings), name, region: settings.region ?? shared.region } as Environment;
}

type WithoutSchema<Settings> = Settings extends unknown ? Omit<Settings, "$schema"> : never;

function withoutSchema<Settings extends object>(settings: Settings) {
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => key !== "$schema"),
  ) as WithoutSchema<Settings>;
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
