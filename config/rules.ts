import { didYouMean } from "./check-file";
import type { AccountFile, Known } from "./load";
import type { Problem } from "./problems";
import type { Environment, SharedSettings, WorkloadEnvironment } from "./schema";
import type { Path } from "./source-file";

/** All files together, for the rules that no single file can break. */
export interface Files {
  readonly accounts: readonly AccountFile[];
  readonly known: Known;
  readonly shared: SharedSettings | undefined;
  /** Path of shared.json, as it is shown in problems. */
  readonly file: string;
}

interface Finding {
  readonly path: Path;
  readonly rule: string;
}

/** A rule about one workload in the light of all files. */
type WorkloadRule = (workload: WorkloadEnvironment, files: Files) => Finding[];

/** Every problem that shows only when files are read together. */
export function crossFileRules(files: Files): Problem[] {
  return [...duplicateValues(files, "account"), ...duplicateBuckets(files), ...files.accounts.flatMap(workloadProblems(files))];
}

const workloadRules: readonly WorkloadRule[] = [
  (workload, files) => refersTo(files, ["registry"], workload.registry, "registry"),
  (workload, files) => (workload.ci === undefined ? [] : refersTo(files, ["ci"], workload.ci, "ci")),
  promotesToWorkload,
  promotesWithinRegistry,
  promotesWithoutCycle,
  runsKnownModels,
];

const workloadProblems =
  (files: Files) =>
  ({ source, environment }: AccountFile): Problem[] =>
    environment?.kind === "workload"
      ? workloadRules.flatMap((rule) => rule(environment, files)).map(({ path, rule }) => source.problem(path, rule))
      : [];

/** The kind a file says it is, even when the rest of it is wrong; undefined when that cannot be told. */
const kindOf = ({ source, environment }: AccountFile): unknown =>
  environment?.kind ?? (source.value as { kind?: unknown } | undefined)?.kind;

function refersTo(files: Files, path: Path, name: string, kind: Environment["kind"]): Finding[] {
  const target = files.accounts.find((account) => account.name === name);
  if (target && (kindOf(target) === kind || kindOf(target) === undefined)) return [];
  if (target) return [{ path, rule: `must name an environment of kind ${kind}, and that one is a ${String(kindOf(target))}` }];
  const names = files.accounts.filter((account) => kindOf(account) === kind).map((account) => account.name);
  return [{ path, rule: `must name an environment of kind ${kind}${didYouMean(name, names)}` }];
}

function promotesToWorkload(workload: WorkloadEnvironment, files: Files): Finding[] {
  return workload.promotesTo === undefined ? [] : refersTo(files, ["promotesTo"], workload.promotesTo, "workload");
}

const findWorkload = (files: Files, name: string | undefined): WorkloadEnvironment | undefined =>
  files.accounts
    .map(({ environment }) => environment)
    .find((environment): environment is WorkloadEnvironment => environment?.kind === "workload" && environment.name === name);

function promotesWithinRegistry(workload: WorkloadEnvironment, files: Files): Finding[] {
  const next = findWorkload(files, workload.promotesTo);
  if (!next || next.registry === workload.registry) return [];
  const rule = `must name a workload with the same registry (${workload.registry}), and that one has ${next.registry}`;
  return [{ path: ["promotesTo"], rule }];
}

function promotesWithoutCycle(workload: WorkloadEnvironment, files: Files): Finding[] {
  const chain = [workload.name];
  let next = findWorkload(files, workload.promotesTo);
  while (next && !chain.includes(next.name)) {
    chain.push(next.name);
    next = findWorkload(files, next.promotesTo);
  }
  if (next?.name !== workload.name) return [];
  return [{ path: ["promotesTo"], rule: `must not lead back to its own environment (${[...chain, workload.name].join(" → ")})` }];
}

function runsKnownModels(workload: WorkloadEnvironment, { known }: Files): Finding[] {
  return Object.keys(workload.models)
    .filter((model) => !known.models.includes(model))
    .map((model) => ({
      path: ["models", model],
      rule: `is not a model in pipelines/${didYouMean(model, known.models)}`,
    }));
}

function duplicateValues({ accounts }: Files, key: "account"): Problem[] {
  return accounts.flatMap(({ source, environment }, index) => {
    const first = accounts.slice(0, index).find((other) => environment && other.environment?.[key] === environment[key]);
    return first ? [source.problem([key], `must not be the same as in ${first.source.file}`)] : [];
  });
}

/** Bucket names are unique in all of S3, so no two files may ask for the same one. */
function duplicateBuckets({ accounts }: Files): Problem[] {
  const named = accounts.flatMap(({ source, environment }) =>
    Object.entries(environment?.names ?? {})
      .filter(([key]) => key.endsWith("Bucket"))
      .map(([key, bucket]) => ({ source, key, bucket })),
  );
  return named.flatMap(({ source, key, bucket }, index) => {
    const first = named.slice(0, index).find((other) => other.bucket === bucket);
    return first ? [source.problem(["names", key], `must not be the same as names.${first.key} in ${first.source.file}`)] : [];
  });
}
