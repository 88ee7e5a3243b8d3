import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { JobDefinition } from "./pipeline";

/** Why GitLab would start no pipeline. */
export class CiFileError extends Error {}

/** Looked for where it is used: only tests, and the act that is asked for, have it (ADR 92). */
const runnerPackage = (): string => require.resolve("gitlab-ci-local/package.json");
/** The runner's program: parses GitLab's files, and runs a job of one. */
const program = (): string => join(dirname(runnerPackage()), "src/index.js");
/** The runner's own reader of YAML. */
const load = (text: string): unknown =>
  (createRequire(runnerPackage())("js-yaml") as { load: (yaml: string) => unknown }).load(text);

/** Beside the real file: includes it with its inputs, which the runner takes of included files alone. */
const entry = ".gitlab-ci-entry.yml";

/** What the runner is called with. */
export interface RunnerCall {
  /** The checkout. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Of the machine. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the runner, in a group of processes of its own. */
export const startRunner = ({ folder, variables, environment }: RunnerCall, words: readonly string[]) =>
  execa(
    process.execPath,
    [
      program(),
      ...["--file", entry, "--no-color"],
      ...Object.entries(variables).flatMap(([key, value]) => ["--variable", `${key}=${value}`]),
      ...["--ignore-predefined-vars", Object.keys(variables).join(",")],
      ...words,
    ],
    {
      cwd: folder,
      env: environment,
      extendEnv: false,
      stdin: "ignore",
      all: true,
      reject: false,
      detached: true,
    },
  );

/**
 * The jobs of the checkout's `.gitlab-ci.yml`, once its rules are applied, and whether the file is GitLab's by its schema.
 * @throws CiFileError
 */
export async function readCiFile(
  call: RunnerCall,
  inputs: Readonly<Record<string, unknown>>,
): Promise<{ readonly stages: readonly string[]; readonly jobs: readonly JobDefinition[] }> {
  checkInputs(inputs, inputsOf(join(call.folder, ".gitlab-ci.yml")));
  const include = [{ local: ".gitlab-ci.yml", inputs }];
  writeFileSync(join(call.folder, entry), JSON.stringify({ include }));
  const { exitCode, stdout, all } = await startRunner(call, ["--list-json"]);
  const [list] = /^\[[^]*\]$/m.exec(stdout) ?? [];
  if (exitCode !== 0 || list === undefined) throw new CiFileError(lastLines(all));
  const expanded = load(
    readFileSync(join(call.folder, ".gitlab-ci-local/expanded-gitlab-ci.yml"), "utf8"),
  ) as Expanded;
  const jobs = (JSON.parse(list) as readonly Listed[]).filter(({ when }) => when !== "never");
  if (jobs.length === 0) throw new CiFileError("The resulting pipeline would have been empty.");
  return { stages: expanded.stages, jobs: jobs.map((job) => definitionOf(job, expanded[job.name] ?? {})) };
}

export const hasCiFile = (folder: string): boolean => existsSync(join(folder, ".gitlab-ci.yml"));

interface Listed {
  readonly name: string;
  readonly stage: string;
  readonly when: JobDefinition["when"] | "never";
  readonly allow_failure: boolean | object;
  readonly needs?: readonly { readonly job: string }[];
}

interface Written {
  readonly rules?: unknown;
  readonly allow_failure?: unknown;
  readonly environment?: string | { readonly name: string };
  readonly resource_group?: string;
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string | readonly string[] }>>;
}

type Expanded = { readonly stages: readonly string[] } & Readonly<Record<string, Written>>;

function definitionOf(listed: Listed, written: Written): JobDefinition {
  const { name, stage, when, needs } = listed;
  const { environment: of, id_tokens: tokens = {}, resource_group: resourceGroup } = written;
  const environment = typeof of === "object" ? of.name : of;
  // What is manual by itself, and not by a rule, holds nobody up unless it says so: the runner knows no such default.
  const isOptional = when === "manual" && !written.rules && written.allow_failure === undefined;
  return {
    name,
    stage,
    when: when === "never" ? "on_success" : when,
    allowFailure: isOptional || listed.allow_failure === true,
    ...(needs && { needs: needs.map(({ job }) => job) }),
    ...(environment !== undefined && { environment }),
    ...(resourceGroup !== undefined && { resourceGroup }),
    idTokens: Object.fromEntries(Object.entries(tokens).map(([variable, { aud }]) => [variable, aud])),
  };
}

type InputSpecifications = Readonly<Record<string, { readonly default?: unknown } | null>>;

/** `spec:inputs` of the file's header. */
function inputsOf(file: string): InputSpecifications {
  const [header = "", ...rest] = readFileSync(file, "utf8").split(/^---\s*$/m);
  if (rest.length === 0) return {};
  const { spec } = (load(header) ?? {}) as { readonly spec?: { readonly inputs?: InputSpecifications } };
  return spec?.inputs ?? {};
}

function checkInputs(given: Readonly<Record<string, unknown>>, known: InputSpecifications): void {
  const unknown = Object.keys(given).filter((name) => !(name in known));
  if (unknown.length > 0)
    throw new CiFileError(
      `Given inputs not defined in the \`spec\` section of the included configuration file: ${unknown.join(", ")}`,
    );
  for (const [name, specification] of Object.entries(known))
    if (!(name in given) && specification?.default === undefined)
      throw new CiFileError(`\`${name}\` input: required value has not been provided`);
}

/** What the runner says at the end, without its advice. */
const lastLines = (output: string): string =>
  (output.split("For further troubleshooting")[0] ?? "").trim().split("\n").slice(-8).join("\n");
