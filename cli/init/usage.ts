import { didYouMean } from "../../config/suggest";
import { appliedByCi, readAccount, type Wanted, type WantedAccount } from "./wanted";

/** What the flags of `mlops init` say, read from the command line. */
export interface InitFlags {
  readonly project?: string;
  readonly owner?: string;
  readonly region?: string;
  readonly adminRole?: string;
  readonly registry?: string;
  readonly workload?: readonly string[];
  readonly ci?: string;
  readonly email?: readonly string[];
  readonly model?: readonly string[];
}

/** Flags as what is wanted, and complaints about those that do not say it. */
export function readFlags(
  flags: InitFlags,
  models: readonly string[],
): { wanted: Wanted; complaints: string[] } {
  const complaints: string[] = [];
  const account = (flag: string, text: string): WantedAccount | undefined => {
    const read = readAccount(text);
    if (!read) complaints.push(`--${flag} must be NAME=ACCOUNT or NAME=ACCOUNT:OTHER, got: ${text}`);
    return read;
  };
  const { project, owner, region, adminRole, registry, workload = [], ci, email = [], model } = flags;
  const wanted = {
    ...{ project, owner, region, adminRole },
    registry: registry === undefined ? undefined : account("registry", registry),
    workloads: workload.flatMap((text) => account("workload", text) ?? []),
    ci: ci === undefined ? undefined : account("ci", ci),
    emails: email,
    models: model ?? models,
  };
  return { wanted, complaints };
}

/** The flags without which there is no estate. */
export function missingFlags({ project, owner, region, registry, workloads }: Wanted): string[] {
  const needed = { project, owner, region, registry, workload: workloads[0] };
  return Object.entries(needed).flatMap(([flag, value]) => (value === undefined ? [`--${flag}`] : []));
}

/** What the checker, which sees files, cannot say about accounts. */
export function complaintsAbout(wanted: Wanted): string[] {
  const { registry, workloads, ci } = wanted;
  const names = [registry, ...workloads, ci].flatMap((account) => account?.name ?? []);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  return [
    ...new Set(twice.map((name) => `Two accounts are named ${name}: each must have a name of its own`)),
    ...(registry?.other === undefined
      ? []
      : [`--registry must be NAME=ACCOUNT, got more: ${registry.other}`]),
    ...ciComplaints(wanted),
  ];
}

function ciComplaints(wanted: Wanted): string[] {
  const { ci, workloads } = wanted;
  if (ci === undefined || workloads.length === 0) return [];
  const applied = appliedByCi(wanted);
  const names = workloads.map(({ name }) => name);
  if (applied === undefined)
    return [`--ci must say which environment Jenkins applies (${names.join(", ")}): ${ci.name}=ACCOUNT:NAME`];
  if (names.includes(applied)) return [];
  return [
    `--ci must name a --workload, got: ${applied}${didYouMean(applied, names) || ` (there is: ${names.join(", ")})`}`,
  ];
}
